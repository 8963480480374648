import { directoryPath, homePath } from '@cluster/shared/delivery/addresses'
import type { Standing } from '@cluster/shared/governance/site-lifecycle/standing'
import { chromeTags } from './chrome.ts'
import { originOf, storable, type Loaded, type LoadContext } from './context.ts'
import { failurePage } from './failure.ts'
import type { Notice } from './notice.ts'

export type Closing = Extract<Standing, { state: 'closing' }>

const TITLE = '网站关闭公告'

/** `2026-12-31` → `2026年12月31日` */
const dayOf = (date: string) => date.replace(/^(\d{4})-0?(\d{1,2})-0?(\d{1,2})$/, '$1年$2月$3日')

/** What readers of a site that closes are told: who takes over, and until when the site can be read. */
const farewellOf = ({ office, until }: Closing): string =>
  `本网站即将关闭，${dayOf(until)}前仍可浏览。此后由${office}接续，请到它的网站办理。`

/** The notice above every page of a site that closes; on its home page it stands alone. */
export function noticeOf(context: LoadContext): Notice | undefined {
  const { services, site, path } = context
  if (site.standing?.state !== 'closing') return undefined
  const successor = { label: '接续单位的网站', href: `${originOf(services, site.standing.successor)}${homePath()}` }
  const page = { title: TITLE, links: [successor, { label: '全部站点', href: directoryPath() }] }
  return { sentence: farewellOf(site.standing), page: path === homePath() ? page : undefined }
}

/** The home page of a site that closes: the notice, within the site's frame, from which all the rest can still be read. */
export function loadFarewell(context: LoadContext, closing: Closing): Loaded {
  const { page } = failurePage(context, { status: 200, reference: closing.until, title: TITLE, message: farewellOf(closing) })
  return storable(page, chromeTags(context.site))
}

/** Letters go to whoever will answer them. */
export function refuseLetters(context: LoadContext, closing: Closing, reference: string): Loaded {
  const address = `${originOf(context.services, closing.successor)}${homePath()}`
  return failurePage(context, {
    status: 410,
    reference,
    title: '不再接收留言',
    message: `${farewellOf(closing)}网址：${address}。已经提交的留言，仍可查询办理进度。`,
  })
}
