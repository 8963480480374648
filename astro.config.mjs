import { defineConfig } from 'astro/config'
import { portalAdapter } from './sites/adapter.mjs'
import { releaseRoutes } from './sites/releases.mjs'

export default defineConfig({
  srcDir: './sites',
  publicDir: './sites/public',
  outDir: './sites/dist',
  cacheDir: './node_modules/.astro',
  output: 'server',
  adapter: portalAdapter(),
  integrations: [releaseRoutes()],
  trailingSlash: 'ignore',
  session: false,
  compressHTML: true,
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  security: {
    // Forms never reach Astro: the portal's server reads them itself and checks where they come from.
    actionBodySizeLimit: 32 * 1024,
    serverIslandBodySizeLimit: 32 * 1024,
  },
  vite: { build: { assetsInlineLimit: 0 } },
})
