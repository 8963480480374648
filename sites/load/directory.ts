import { directoryPath, homePath } from '@cluster/shared/delivery/addresses'
import type { DirectoryPage } from '@cluster/shared/delivery/page-models'
import type { SiteSummary } from '@cluster/shared/delivery/records'
import { REGION_NAMES } from '@cluster/shared/governance/site-tree'
import { chromeTags, makeChrome } from './chrome.ts'
import { originOf, storable, type Loaded, type LoadContext } from './context.ts'

/** All sites of the cluster; `null` while there is no province. */
export function loadDirectory(context: LoadContext): Loaded | null {
  const { services, site } = context
  const all = services.directory.sites()
  const link = (each: SiteSummary) => ({ ...each, href: `${originOf(services, each.slug)}${homePath()}` })
  const province = all.find((each) => each.level === 'province')
  if (!province) return null
  const cities = all.filter((each) => each.parent === province.slug)
  const page: DirectoryPage = {
    kind: 'directory',
    chrome: makeChrome(context, {
      title: '站点',
      description: `${province.division}机构编制部门门户网站群的全部站点，共 ${all.length} 个。`,
      trail: [{ label: '站点', href: directoryPath() }],
    }),
    province: link(province),
    regions: Object.entries(REGION_NAMES)
      .map(([region, label]) => ({
        label,
        cities: cities
          .filter((city) => city.region === region)
          .map((city) => ({
            ...link(city),
            counties: all.filter((each) => each.parent === city.slug).map(link),
          })),
      }))
      .filter((region) => region.cities.length > 0),
  }
  return storable(page, chromeTags(site))
}
