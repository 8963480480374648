import { ContractBroken, Unreachable } from '../data/failures.ts'
import type { ErrorPage } from '@cluster/shared/delivery/page-models'
import { makeChrome } from './chrome.ts'
import { passing, type Loaded, type LoadContext } from './context.ts'

/**
 * What a failure means for the reader: 503 while something does not answer (it will again), 500 for a fault of ours.
 */
export function explainFailure(error: unknown): { status: 500 | 503; message: string } {
  if (error instanceof Unreachable) {
    return {
      status: 503,
      message: '这个页面的内容暂时取不到：后台发布服务没有应答。其他页面可能仍可浏览，请过几分钟再打开本页。',
    }
  }
  if (error instanceof ContractBroken) {
    return {
      status: 500,
      message: '这个页面的内容暂时无法显示：网站各部分正在更新，版本不一致。请过几分钟再打开本页。',
    }
  }
  return {
    status: 500,
    message: '这个页面在生成时出了差错，我们已经记录下来。请稍后再试；如果一直这样，请把下面的编号告诉我们。',
  }
}

/** The error page of a site, with the number by which the log knows the failure. */
export function loadFailure(context: LoadContext, { error, reference }: { error: unknown; reference: string }): Loaded {
  const { status, message } = explainFailure(error)
  return failurePage(context, { status, message, reference, title: '页面暂时打不开' })
}

export function failurePage(
  context: LoadContext,
  {
    status,
    message,
    reference,
    title,
  }: {
    status: number
    message: string
    reference: string
    title: string
  },
): Loaded {
  const page: ErrorPage = {
    kind: 'error',
    chrome: makeChrome(context, { title, description: message, robots: 'noindex' }),
    reference,
    message,
  }
  return passing(page, status)
}
