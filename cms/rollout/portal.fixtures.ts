import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RELEASE_STYLES_PATH, RENDER_MS_HEADER, type ReleaseStyles, TRIAL_HEADER, type Trial, trialSchema } from '@cluster/shared/delivery/trial'
import { MANDATED_COLUMNS } from '@cluster/shared/governance/mandated-columns'

export const STYLES: ReleaseStyles = { 'standard-1': ['/_astro/one.css'], 'standard-2': ['/_astro/two.css'] }

/** What the portal does wrong, or otherwise than usual. */
export type Faults = {
  /** Release of ordinary visits; a trial names its own. */
  release: string
  sponsor: string
  columns: readonly string[]
  /** Home blocks from top to bottom. */
  blocks: readonly string[]
  /** Further style sheets of every page. */
  styles: readonly string[]
  body: string
  renderMs: number[]
  isSilent: boolean
}

const LABELS = ['SiteName', 'SiteDomain', 'ColumnName', 'ColumnDescription', 'ColumnKeywords', 'ColumnType', 'ArticleTitle', 'PubDate', 'ContentSource', 'Url']

/** A portal in miniature: draws what it is told, and notes what it was asked. */
export async function openMiniaturePortal({ sponsor }: { sponsor: string }) {
  const usual: Faults = { release: 'standard-1', sponsor, columns: MANDATED_COLUMNS.map(({ key }) => key), blocks: ['hero'], styles: [], body: '', renderMs: [8], isSilent: false }
  const faults: Faults = { ...usual }
  const asked: Array<{ host: string; path: string; trial: Trial | null }> = []
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    if (faults.isSilent) return request.socket.destroy()
    if (path === RELEASE_STYLES_PATH) return response.end(JSON.stringify(STYLES))
    const trial = trialOf(request)
    asked.push({ host: request.headers.host ?? '', path, trial })
    if (trial) response.setHeader(RENDER_MS_HEADER, String(faults.renderMs.length > 1 ? faults.renderMs.shift() : faults.renderMs[0]))
    response.statusCode = trial?.draws === 'error' ? 500 : path.startsWith('/no-such-page') ? 404 : path === '/articles/99/' ? 410 : 200
    response.end(draw(trial?.release ?? faults.release, path === '/' ? faults.blocks : ['content']))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  function draw(release: string, blocks: readonly string[]): string {
    const sheets = [...STYLES[release] ?? [], ...faults.styles]
    return `<!doctype html><html lang="zh-CN"${release === 'standard-2' ? ' data-accent="crimson"' : ''}><head><meta charset="utf-8"><title>机构编制</title>
      ${LABELS.map((name) => `<meta name="${name}" content="有">`).join('')}${sheets.map((href) => `<link rel="stylesheet" href="${href}">`).join('')}</head>
      <body><nav aria-label="栏目"><ul>${faults.columns.map((key) => `<li><a href="/columns/${key}/">${key}</a></li>`).join('')}</ul></nav>
      <main>${blocks.map((block, index) => (index === 0 ? `<h1 id="${block}">${block}</h1>` : `<h2 id="${block}">${block}</h2>`)).join('')}${faults.body}</main>
      <footer><p>主办单位 ${faults.sponsor}</p></footer></body></html>`
  }

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults, asked,
    reset: (): void => {
      Object.assign(faults, { ...usual, renderMs: [...usual.renderMs] })
      asked.length = 0
    },
    close: () => new Promise((resolve) => {
      server.close(resolve)
      server.closeAllConnections()
    }),
  }
}

function trialOf(request: IncomingMessage): Trial | null {
  const header = request.headers[TRIAL_HEADER]
  return typeof header === 'string' ? trialSchema.parse(JSON.parse(Buffer.from(header.split('.')[0]!, 'base64url').toString())) : null
}
