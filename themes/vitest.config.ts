import { getViteConfig } from 'astro/config'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('.', import.meta.url))

/** The templates' tests as a project of their own: `.astro` files need Astro's compiler, nothing else in the house does. */
export default getViteConfig(
  { root, test: { name: 'themes', root, include: ['**/*.test.ts'] } },
  { configFile: false, root, srcDir: '.', devToolbar: { enabled: false } },
)
