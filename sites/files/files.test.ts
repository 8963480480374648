import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../testing/temporary-folder.ts'
import { createFiles } from './files.ts'

const content = Buffer.from('%PDF-1.7 附件')
const hash = createHash('sha256').update(content).digest('hex')

async function serveFiles(answer: () => Response | null) {
  const folder = await temporaryFolder()
  let fetches = 0
  const files = createFiles({
    folder,
    onError: (error) => {
      throw error
    },
    delivery: {
      file: async () => {
        fetches += 1
        return answer()
      },
    },
  })
  const server = createServer((request, response) => {
    const name = decodeURIComponent(request.url?.slice(1) ?? '')
    files.send(request, response, hash, name).then(
      (isSent) => isSent || response.writeHead(404).end(),
      () => response.writeHead(500).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.close()
  })
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { folder, files, fetches: () => fetches, get: (name: string) => fetch(`${base}/${encodeURIComponent(name)}`) }
}

it('a file is fetched once, kept, and served with its name', async () => {
  const { get, fetches, folder } = await serveFiles(() => new Response(content))
  const answers = await Promise.all([get('附件.pdf'), get('附件.pdf'), get('附件.pdf')])
  for (const answer of answers) expect(Buffer.from(await answer.arrayBuffer())).toEqual(content)
  await get('附件.pdf')
  expect(fetches()).toBe(1)
  expect(answers[0]?.headers.get('content-type')).toBe('application/pdf')
  expect(answers[0]?.headers.get('content-disposition')).toBe(
    `inline; filename*=UTF-8''${encodeURIComponent('附件.pdf')}`,
  )
  expect(await readdir(join(folder, 'files', hash))).toEqual(['附件.pdf'])
})

it('a file of another content than its hash is neither kept nor sent', async () => {
  const { get, folder } = await serveFiles(() => new Response('something else'))
  expect((await get('a.pdf')).status).toBe(500)
  expect(await readdir(join(folder, 'files', hash))).toEqual([])
})

it('a withdrawn file is gone', async () => {
  let isThere = true
  const { get, files } = await serveFiles(() => (isThere ? new Response(content) : null))
  expect((await get('a.pdf')).status).toBe(200)
  isThere = false
  await files.purge([`file:${hash}`])
  expect((await get('a.pdf')).status).toBe(404)
})

it('a name that leads elsewhere has no file', async () => {
  const { get, fetches } = await serveFiles(() => new Response(content))
  for (const name of ['../state.json', '.part', 'a\\b', 'x'.repeat(300)])
    expect((await get(name)).status, name).toBe(404)
  expect(fetches()).toBe(0)
})

it('what a browser could run is offered for download', async () => {
  const { get } = await serveFiles(() => new Response(content))
  const answer = await get('page.html')
  expect(answer.headers.get('content-type')).toBe('application/octet-stream')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
})

it('a drawing is shown by pages, and opened by itself it can neither run nor fetch', async () => {
  const { get } = await serveFiles(() => new Response(content))
  const answer = await get('示意图.svg')
  expect(answer.headers.get('content-type')).toBe('image/svg+xml')
  expect(answer.headers.get('content-disposition')).toMatch(/^attachment;/)
  expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
  expect((await get('a.pdf')).headers.get('content-security-policy')).toContain("default-src 'self'")
})
