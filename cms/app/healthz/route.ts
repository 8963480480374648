import { getPayload } from 'payload'
import config from '../../payload.config.ts'

export const dynamic = 'force-dynamic'

/** One word for whoever asks: `ok`, or what is not well. */
export async function GET(): Promise<Response> {
  const word = await databaseWord()
  return new Response(word, { status: word === 'ok' ? 200 : 503, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })
}

async function databaseWord(): Promise<string> {
  try {
    const payload = await getPayload({ config })
    await payload.db.pool.query('select 1')
    return 'ok'
  } catch {
    return 'database-unreachable'
  }
}
