import type { ReleaseStyles } from '@cluster/shared/delivery/trial'

type Route = { routeData: { route: string }; styles: ReadonlyArray<{ type: string; src?: string; content?: string }> }

/** `/t-standard-2/home` */
const RELEASE_ROUTE = /^\/t-([a-z]+-\d+)\//

/** The style sheets of each release of this build: by them a page shows which release drew it. */
export function releaseStyles(routes: readonly Route[]): ReleaseStyles {
  const styles = new Map<string, Set<string>>()
  for (const { routeData, styles: sheets } of routes) {
    const release = RELEASE_ROUTE.exec(routeData.route)?.[1]
    if (!release) continue
    const known = styles.get(release) ?? new Set<string>()
    for (const { src } of sheets) if (src) known.add(src.startsWith('/') ? src : `/${src}`)
    styles.set(release, known)
  }
  return Object.fromEntries([...styles].map(([release, sheets]) => [release, [...sheets].sort()]))
}
