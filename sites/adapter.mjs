import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getAdapter } from '@astrojs/node'

/**
 * Astro's Node adapter with our own server as the entry: the page store has to stand outside Astro's pipeline. After a
 * build it writes `server/build-id.txt`, by which a portal knows whether its stored pages fit the build's assets.
 */
export function portalAdapter() {
  let outDir = ''
  return {
    name: '@cluster/sites',
    hooks: {
      'astro:config:setup': ({ updateConfig }) => {
        updateConfig({ build: { redirects: false } })
      },
      'astro:config:done': ({ setAdapter, config }) => {
        outDir = fileURLToPath(config.outDir)
        setAdapter({
          ...getAdapter({ staticHeaders: false }),
          name: '@cluster/sites',
          serverEntrypoint: new URL('./server.ts', import.meta.url),
          previewEntrypoint: undefined,
        })
      },
      'astro:build:done': async () => {
        await writeFile(join(outDir, 'server', 'build-id.txt'), await digestOf(outDir))
      },
    },
  }
}

/** Digest over names and contents, so that building the same sources again keeps the stored pages. */
async function digestOf(folder) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name !== 'build-id.txt')
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(file.slice(folder.length))
      .update('\0')
      .update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}
