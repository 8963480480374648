import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withPayload } from '@payloadcms/next/withPayload'
import type { NextConfig } from 'next'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

const config: NextConfig = {
  poweredByHeader: false,
  transpilePackages: ['@cluster/shared'],
  turbopack: { root },
  // Types are checked by `npm run check` over all workspaces at once.
  typescript: { ignoreBuildErrors: true },
  async headers() {
    return [{
      source: '/:path*',
      headers: [
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Referrer-Policy', value: 'same-origin' },
      ],
    }]
  },
}

export default withPayload(config)
