import { PAGE_KINDS } from '../shared/delivery/page-models.ts'
import { RELEASES } from '../themes/registry.ts'

/**
 * Gives every template release its routes, `/t-<release>/<page kind>`: exactly one release's styles land on a page.
 */
export function releaseRoutes() {
  return {
    name: '@cluster/releases',
    hooks: {
      'astro:config:setup': ({ injectRoute }) => {
        for (const release of RELEASES) {
          for (const kind of PAGE_KINDS) {
            injectRoute({
              pattern: `/t-${release}/${kind}`,
              entrypoint: new URL(`../themes/${release}/routes/${kind}.astro`, import.meta.url),
              prerender: false,
            })
          }
        }
      },
    },
  }
}
