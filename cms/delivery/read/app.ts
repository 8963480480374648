import { type Context, Hono } from 'hono'
import { searchQuerySchema } from '@cluster/shared/delivery/search'
import type { Fault } from '../../fault-log.ts'
import { currentRequestId } from '../../metrics/current-request.ts'
import { unnamedPath } from '../../metrics/unnamed-path.ts'
import type { EngineGate } from '../../search/engine-gate.ts'
import { search } from '../../search/query.ts'
import { readAddresses } from './addresses.ts'
import { readColumn } from './column.ts'
import { DatabaseUnreachable, type ReadDatabase } from './database.ts'
import { readDirectory } from './directory.ts'
import { readDocument } from './document.ts'
import type { FeedBell } from './feed-bell.ts'
import { streamFeed } from './feed-stream.ts'
import { readFeed } from './feed.ts'
import { readFile } from './file.ts'
import { readHome } from './home.ts'
import { readLatest } from './latest.ts'
import { readLetterStatus } from './letter-status.ts'
import { limitRequests, type RequestLimits } from './limit-requests.ts'
import { BadParameter, parameter, type ParameterName } from './parameters.ts'
import { readSite } from './site.ts'

export type ReadServices = {
  database: ReadDatabase
  bell: FeedBell
  gate: EngineGate
  mediaDir: string
  onFault: Fault
  /** Ends what would go on for ever. */
  closing: AbortSignal
  /** Absent where no client is at the other end: in tests of something else. */
  limits?: RequestLimits
}

/** The public read side, address by address: the contract is `shared/delivery/api`. */
export function deliveryApp(services: ReadServices): Hono {
  const { database, bell, gate, mediaDir, onFault, closing, limits } = services
  const app = new Hono()
  if (limits) app.use(limitRequests(limits))
  const path = <N extends ParameterName>(context: Context, name: N) => parameter(name, context.req.param(name))
  const asked = <N extends ParameterName>(context: Context, name: N) => parameter(name, context.req.query(name))

  app.get('/healthz', async (context) => {
    const isWell = await database.rows('select 1').then(() => true, () => false)
    return context.text(isWell ? 'ok' : 'database-unreachable', isWell ? 200 : 503)
  })
  app.get('/v1/directory', async (context) => context.json(await readDirectory(database)))
  app.get('/v1/sites/:site', async (context) => found(context, await readSite(database, path(context, 'site'))))
  app.get('/v1/sites/:site/home', async (context) => found(context, await readHome(database, path(context, 'site'))))
  app.get('/v1/sites/:site/columns/:key', async (context) => found(context, await readColumn(database, {
    site: path(context, 'site'), key: path(context, 'key'), page: asked(context, 'page') })))
  app.get('/v1/sites/:site/documents/:collection/:id', async (context) => found(context, await readDocument(database, {
    site: path(context, 'site'), collection: path(context, 'collection'), id: path(context, 'id') })))
  app.get('/v1/sites/:site/latest', async (context) => found(context, await readLatest(database, {
    site: path(context, 'site'), limit: asked(context, 'limit') })))
  app.get('/v1/sites/:site/addresses', async (context) => found(context, await readAddresses(database, path(context, 'site'))))
  app.get('/v1/search', async (context) => context.json(await search({ database, gate }, searchQuery(context))))
  app.get('/v1/letters/:codeHash', async (context) => found(context, await readLetterStatus(database, path(context, 'codeHash'))))
  app.get('/v1/files/:hash/:name', async (context) => await readFile({ database, mediaDir, onFault }, {
    hash: path(context, 'hash'), name: path(context, 'name') }) ?? missing(context))
  app.get('/v1/feed/since', async (context) => context.json(await readFeed(database, asked(context, 'after'))))
  app.get('/v1/feed', (context) => context.body(
    streamFeed({ database, bell, after: asked(context, 'after'), signal: closing }),
    { headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' } }))

  app.notFound(missing)
  app.onError((error, context) => {
    if (error instanceof BadParameter) return failed(context, 400, 'bad-parameter', error.message)
    onFault('request', error, { path: unnamedPath(context.req.path), requestId: currentRequestId() })
    if (error instanceof DatabaseUnreachable) return failed(context, 503, 'database-unreachable', '数据库没有应答，请稍后再试。')
    return failed(context, 500, 'fault', '发布服务出错，详情见它的日志。')
  })
  return app
}

function found(context: Context, answer: object | null): Response {
  return answer === null ? missing(context) : context.json(answer)
}

function missing(context: Context): Response {
  return failed(context, 404, 'not-found', '没有这个内容，或者它没有公开。')
}

function failed(context: Context, status: 400 | 404 | 500 | 503, code: string, message: string): Response {
  return context.json({ error: { code, message } }, status)
}

function searchQuery(context: Context) {
  const parsed = searchQuerySchema.safeParse(context.req.query())
  if (parsed.success) return parsed.data
  const names = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))].join('、')
  throw new BadParameter(`搜索参数 ${names} 的值不可用。`)
}
