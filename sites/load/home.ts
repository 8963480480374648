import { homePath } from '@cluster/shared/delivery/addresses'
import type { EntryLink, HomePage } from '@cluster/shared/delivery/page-models'
import type { SiteSummary } from '@cluster/shared/delivery/records'
import { columnTag, latestTag } from '@cluster/shared/delivery/tags'
import { arrangeHome } from '@cluster/shared/governance/templates/choices'
import { REGION_NAMES, shortDivision } from '@cluster/shared/governance/site-tree'
import { manifestOf } from '@cluster/themes/manifests.ts'
import { chromeTags, makeChrome } from './chrome.ts'
import { originOf, storable, type Loaded, type LoadContext } from './context.ts'
import { linkEntry, tagsOfEntries } from './entries.ts'
import { isOn } from './modules.ts'

/** The home page of a site; `null` when the delivery server knows no such site. */
export async function loadHome(context: LoadContext): Promise<Loaded | null> {
  const { services, site } = context
  const answer = await services.delivery.home(site.slug)
  if (!answer) return null
  const link = (entries: Parameters<typeof linkEntry>[1][]): EntryLink[] =>
    entries.map((entry) => linkEntry(context, entry))
  const column = (key: string) => link(answer.columns[key] ?? [])
  const blocks = arrangeHome(manifestOf(site.release), site.choices)
  const page: HomePage = {
    kind: 'home',
    chrome: makeChrome(context, {
      title: null,
      description: `${site.office}门户网站：${site.columns.map((each) => each.name).join('、')}。`,
    }),
    blocks,
    links: blocks.includes('links') ? site.choices.links : [],
    ...(site.choices.heroPicture && hasHeroPicture(site.release) ? { heroPicture: site.choices.heroPicture } : {}),
    updates: column('updates'),
    notices: column('notices'),
    policies: answer.policies.map((policy) => ({
      ...linkEntry(context, policy),
      interpretations: link(policy.interpretations),
    })),
    frontier: column('frontier'),
    approvals: column('approvals'),
    institutions: column('institutions'),
    disclosure: column('disclosure'),
    localColumns: site.columns
      .filter((each) => !each.isMandated && (answer.columns[each.key] ?? []).length > 0)
      .map((each) => ({ column: each, entries: column(each.key) })),
    letters: { figures: answer.letters, latest: isOn(site, 'published-letters') ? column('interaction') : [] },
    documents: answer.documents,
    subtree: link(answer.subtree),
    sites: neighbours(context),
  }
  const shown = [
    ...Object.values(answer.columns).flat(),
    ...answer.subtree,
    ...answer.policies,
    ...answer.policies.flatMap((each) => each.interpretations),
  ]
  return storable(page, [
    ...chromeTags(site),
    latestTag(site.slug),
    ...site.columns.map((each) => columnTag(site.slug, each.key)),
    ...tagsOfEntries(shown),
  ])
}

const hasHeroPicture = (release: string) =>
  manifestOf(release).slots.some(({ slot, rule }) => slot === 'hero-picture' && rule !== 'locked')

type SiteLink = HomePage['sites'][number]['sites'][number]

/** The province shows its cities by region, a city its counties, a county the other counties of its city. */
function neighbours({ services, site }: LoadContext): HomePage['sites'] {
  const all = services.directory.sites()
  const childrenOf = (slug: string) => all.filter((each) => each.parent === slug)
  const link = (each: SiteSummary): SiteLink => ({
    ...each,
    href: `${originOf(services, each.slug)}${homePath()}`,
    below: childrenOf(each.slug).length,
  })
  const group = (label: string, sites: SiteSummary[]) => (sites.length > 0 ? [{ label, sites: sites.map(link) }] : [])

  if (site.level === 'province') {
    const cities = childrenOf(site.slug)
    return Object.entries(REGION_NAMES).flatMap(([region, label]) =>
      group(
        label,
        cities.filter((city) => city.region === region),
      ),
    )
  }
  if (site.level === 'city') return group('所辖县（市、区）', childrenOf(site.slug))
  const city = site.parent === null ? undefined : services.directory.site(site.parent)
  if (!city) return []
  return group(
    `${shortDivision(city.division)}其他县（市、区）`,
    childrenOf(city.slug).filter((each) => each.slug !== site.slug),
  )
}
