import {
  columnPath,
  directoryPath,
  feedPath,
  homePath,
  letterFormPath,
  letterStatusPath,
  searchPath,
  siteMapPath,
} from '@cluster/shared/delivery/addresses'
import type { Link, SiteMapPage } from '@cluster/shared/delivery/page-models'
import { chromeTags, makeChrome } from './chrome.ts'
import { originOf, storable, type Loaded, type LoadContext } from './context.ts'
import { isOn, shownColumns } from './modules.ts'

/** The map of a site for people: its columns, what one can do, and the sites around it. */
export function loadSiteMap(context: LoadContext): Loaded {
  const { services, site } = context
  const columns = (isMandated: boolean): Link[] =>
    shownColumns(site)
      .filter((column) => column.isMandated === isMandated)
      .map((column) => ({ label: column.name, href: columnPath(column.key) }))
  const chrome = makeChrome(context, {
    title: '网站地图',
    description: `${site.name}的栏目与服务一览。`,
    trail: [{ label: '网站地图', href: siteMapPath() }],
  })
  const below = services.directory.sites().filter((each) => each.parent === site.slug)
  const groups: SiteMapPage['groups'] = [
    { label: '栏目', links: [{ label: '首页', href: homePath() }, ...columns(true)] },
    { label: '本站特色栏目', links: columns(false) },
    {
      label: '互动与服务',
      links: [
        { label: '搜索', href: searchPath() },
        ...(isOn(site, 'letters') ? [{ label: '我要留言', href: letterFormPath() }] : []),
        ...(isOn(site, 'letter-status') ? [{ label: '查询留言办理进度', href: letterStatusPath() }] : []),
        ...(isOn(site, 'letters') && isOn(site, 'error-report') ? [{ label: '网站找错', href: letterFormPath('error-report') }] : []),
        { label: '订阅最新发布（RSS）', href: feedPath() },
      ],
    },
    {
      label: '站点',
      links: [
        ...chrome.ancestors.map(({ label, href }) => ({ label, href })),
        ...below.map((each) => ({ label: each.name, href: `${originOf(services, each.slug)}${homePath()}` })),
        { label: '全部站点', href: directoryPath() },
      ],
    },
  ]
  const page: SiteMapPage = { kind: 'site-map', chrome, groups: groups.filter((group) => group.links.length > 0) }
  return storable(page, chromeTags(site))
}
