import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type FeedEvent, feedEventSchema, feedSliceSchema } from '@cluster/shared/delivery/api'
import { withClient } from '../../cli/services/make-database.ts'
import { openTestDelivery, type TestDelivery } from '../../testing/delivery.ts'
import { DatabaseUnreachable } from './database.ts'
import type { FeedBell } from './feed-bell.ts'
import { streamFeed } from './feed-stream.ts'
import { SLICE } from './feed.ts'

let delivery: TestDelivery
beforeAll(async () => {
  delivery = await openTestDelivery()
})
afterAll(() => delivery.close())

/** A follower of the feed, reading one event after the other. */
async function openFeed(after: number) {
  const answer = await delivery.app.request(`/v1/feed?after=${after}`)
  const reader = answer.body!.getReader()
  const decoder = new TextDecoder()
  const events: FeedEvent[] = []
  let text = ''
  return {
    next: async (): Promise<FeedEvent> => {
      while (events.length === 0) {
        const { value, done } = await reader.read()
        if (done) throw new Error('the feed ended')
        text += decoder.decode(value, { stream: true })
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        events.push(...blocks.flatMap((block) => /^data: (.*)$/m.exec(block)?.[1] ?? []).map((data) => feedEventSchema.parse(JSON.parse(data))))
      }
      return events.shift()!
    },
    close: () => reader.cancel(),
  }
}

/** The next `count` events after a number, with what happens meanwhile. */
async function follow(after: number, count: number, meanwhile: () => Promise<unknown> = async () => undefined): Promise<FeedEvent[]> {
  const feed = await openFeed(after)
  const published = meanwhile()
  const events: FeedEvent[] = []
  while (events.length < count) events.push(await feed.next())
  await published
  await feed.close()
  return events
}

const slice = async (after: number) => feedSliceSchema.parse((await delivery.get(`/v1/feed/since?after=${after}`)).json)

describe('the change feed', () => {
  it('is empty at first', async () => {
    expect(await slice(0)).toEqual({ events: [], last: 0 })
  })

  it('replays everything after a number, then goes on with what happens', async () => {
    const first = await delivery.copies.announce('column:nanjing/updates')
    const second = await delivery.copies.announce('doc:articles/2')
    const events = await follow(first, 3, async () => {
      await delivery.copies.announce('doc:articles/3')
      await delivery.copies.announce('doc:articles/4')
    })
    expect(events).toEqual([
      { seq: second, tags: ['doc:articles/2'] }, { seq: second + 1, tags: ['doc:articles/3'] }, { seq: second + 2, tags: ['doc:articles/4'] }])
    expect((await slice(second)).events).toEqual(events.slice(1))
  })

  it('gives numbers in the order of commits, however many publish at once', async () => {
    const { last } = await slice(0)
    const clients = await Promise.all(Array.from({ length: 8 }, async () => {
      const client = new Client({ connectionString: delivery.database.appUrl })
      await client.connect()
      return client
    }))
    const seen = follow(last, 80)
    await Promise.all(clients.map(async (client, index) => {
      for (let round = 0; round < 10; round += 1) await client.query('select delivery.announce($1)', [[`doc:articles/${index}-${round}`]])
      await client.end()
    }))
    expect((await seen).map(({ seq }) => seq)).toEqual(Array.from({ length: 80 }, (_, index) => last + 1 + index))
  })

  it('takes a long absence in slices', async () => {
    const { last } = await slice(0)
    await delivery.copies.query('select delivery.announce(array[$1::text || n]) from generate_series(1, $2) as n', ['doc:articles/', SLICE + 20])
    const first = await slice(last)
    expect([first.events.length, first.last]).toEqual([SLICE, last + SLICE + 20])
    expect((await slice(first.events.at(-1)!.seq)).events).toHaveLength(20)
    expect((await follow(last, SLICE + 20)).at(-1)!.seq).toBe(last + SLICE + 20)
  })

  it('tells a follower of another database to drop what it keeps, and goes on from here', async () => {
    const { last } = await slice(0)
    expect(await slice(last + 1000)).toEqual({ events: [], last, reset: true })
    const feed = await openFeed(last + 1000)
    expect(await feed.next()).toEqual({ seq: last, tags: [], reset: true })
    await delivery.copies.announce('doc:articles/5')
    expect(await feed.next()).toEqual({ seq: last + 1, tags: ['doc:articles/5'] })
    await feed.close()
  })

  it('goes on when its connection to the database breaks', async () => {
    const { last } = await slice(0)
    const events = await follow(last, 2, async () => {
      await delivery.copies.announce('doc:articles/6')
      await withClient(delivery.database.adminUrl, (client) => client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cluster-delivery-feed' and datname = current_database()"))
      await delivery.copies.announce('doc:articles/7')
    })
    expect(events.map(({ tags }) => tags)).toEqual([['doc:articles/6'], ['doc:articles/7']])
    await expect.poll(() => delivery.faults, { timeout: 5_000 }).toContain('feed-connection')
    const { last: now } = await slice(0)
    expect(await follow(now, 1, () => delivery.copies.announce('doc:articles/8'))).toEqual([{ seq: now + 1, tags: ['doc:articles/8'] }])
  })
})

describe('a stream of the feed', () => {
  const bell = { rings: () => 0, isListening: () => false, wait: () => new Promise<void>((resolve) => { setTimeout(resolve, 10) }) } as unknown as FeedBell
  const text = async (stream: ReadableStream<Uint8Array>, until: (soFar: string) => boolean) => {
    let soFar = ''
    for await (const chunk of stream) {
      soFar += new TextDecoder().decode(chunk)
      if (until(soFar)) break
    }
    return soFar
  }

  it('gives signs of life while nothing happens', async () => {
    const stream = streamFeed({ database: delivery.read, bell, after: (await slice(0)).last, signal: new AbortController().signal, heartbeatMs: 20 })
    expect(await text(stream, (soFar) => soFar.split(': here\n\n').length > 2)).toContain(': here')
  })

  it('ends when the database does not answer, rather than pretend that nothing happens', async () => {
    const database = { rows: () => Promise.reject(new DatabaseUnreachable('gone')), close: async () => undefined }
    expect(await text(streamFeed({ database, bell, after: 0, signal: new AbortController().signal }), () => false)).toBe('')
  })

  it('ends with the server', async () => {
    const closing = new AbortController()
    const stream = streamFeed({ database: delivery.read, bell, after: (await slice(0)).last, signal: closing.signal, heartbeatMs: 20 })
    const ended = text(stream, () => false)
    closing.abort()
    expect(await ended).not.toContain('data:')
  })
})
