import type { Dashboard } from '../../dashboard/load-dashboard.ts'
import { TILES } from './tiles.ts'
import { signOf, type View } from './views.ts'

/** The cities where they lie; each tile sums up the city with its counties. */
export function TileMap({ dashboard: { sites, rollout }, view, releases }: { dashboard: Dashboard; view: View; releases: readonly string[] }) {
  const cities = sites.filter(({ level, slug }) => level === 'city' && TILES[slug])
  return (
    <ul className="cluster-tiles" aria-label="各市">
      {cities.map((city) => {
        const [column, row] = TILES[city.slug]!
        const own = sites.filter(({ slug, parent }) => slug === city.slug || parent === city.slug)
        const signs = own.map((site) => signOf(view, site, { rollout, releases }))
        const kinds = [...new Map(signs.map((sign) => [sign.sign, sign])).values()]
        return (
          <li key={city.slug} style={{ gridColumn: column, gridRow: row }}>
            <a href={`?by=${view}&site=${city.slug}#cluster-list`}>
              <b>{city.division}</b>
              <span className="cluster-tile__signs">{kinds.map(({ sign, words, tone }) => (
                <span key={sign} title={words}><i className={`cluster-sign cluster-sign--${tone}`} aria-hidden="true">{sign}</i><span className="cluster-visually-hidden">{words}</span> {signs.filter((each) => each.sign === sign).length}</span>))}</span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}
