import { letterStatusPath } from '@cluster/shared/delivery/addresses'
import type { LetterStatusPage } from '@cluster/shared/delivery/page-models'
import { groupCode, hashCode, normaliseCode } from '@cluster/shared/interaction/query-code'
import { chromeTags, makeChrome } from './chrome.ts'
import { passing, storable, type Loaded, type LoadContext } from './context.ts'

/** Longer input is no code, and is not shown again. */
const SHOWN_CODE_LIMIT = 40

/**
 * Where a letter stands, for whoever holds its query code, sent by form or in the address; without a code the empty
 * form.
 */
export async function loadLetterStatus(context: LoadContext): Promise<Loaded> {
  const typed = (context.form ?? context.query).get('code')?.trim() ?? ''
  if (typed === '') {
    const empty = statusPage(context, { code: '', status: null, error: context.form ? '请填写查询码。' : null })
    return context.form ? passing(empty, 422) : storable(empty, chromeTags(context.site))
  }
  const bare = normaliseCode(typed)
  if (bare === null) {
    const error = '这不是一个完整的查询码。查询码有 12 位，如 ABCD-2345-EFGH，请核对后再试。'
    return passing(statusPage(context, { code: typed.slice(0, SHOWN_CODE_LIMIT), status: null, error }), 422)
  }
  const status = await context.services.delivery.letterStatus(hashCode(bare))
  const error = status ? null : '没有找到这个查询码对应的留言。请核对每一位字符；刚提交的留言请过一分钟再查。'
  return passing(statusPage(context, { code: groupCode(bare), status, error }), status ? 200 : 404)
}

function statusPage(
  context: LoadContext,
  model: Pick<LetterStatusPage, 'code' | 'status' | 'error'>,
): LetterStatusPage {
  return {
    kind: 'letter-status',
    chrome: makeChrome(context, {
      title: '留言办理进度',
      description: '凭查询码查看留言的办理进度和答复。',
      trail: [{ label: '留言办理进度', href: letterStatusPath() }],
      robots: model.code === '' ? undefined : 'noindex',
    }),
    ...model,
  }
}
