import { getViteConfig } from 'astro/config'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('.', import.meta.url))

/** The templates' tests as a project of their own, because `.astro` files need Astro's compiler. */
export default getViteConfig(
  { root, test: { name: 'themes', root, include: ['**/*.test.ts'] } },
  { configFile: false, root, srcDir: '.', devToolbar: { enabled: false } },
)
