import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withPayload } from '@payloadcms/next/withPayload'
import type { NextConfig } from 'next'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const config: NextConfig = {
  poweredByHeader: false,
  transpilePackages: ['@cluster/shared', '@cluster/themes'],
  turbopack: { root },
  // Types are checked by `npm run check` over all workspaces at once.
  typescript: { ignoreBuildErrors: true },
}

export default withPayload(config)
