import { describe, expect, it, vi } from 'vitest'
import type { FeedEvent } from '@cluster/shared/delivery/api'
import { createFeedFollower } from './follow.ts'
import { parseEvents } from './parse-events.ts'

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}
const collect = async (stream: AsyncIterable<Uint8Array>) => {
  const events: FeedEvent[] = []
  for await (const event of parseEvents(stream)) events.push(event)
  return events
}

describe('the event stream', () => {
  it('is read however it is cut', async () => {
    const text = [
      ': hello\n\nid: 1\ndata: {"seq":1,"tags":["column:suzhou/updates"]}\n\n',
      'id: 2\r\ndata: {"seq":2,"tags":["title:suzhou/机构"]}\r\n\r\n',
    ].join('')
    const whole = await collect(pieces(text))
    expect(whole).toEqual([
      { seq: 1, tags: ['column:suzhou/updates'] },
      { seq: 2, tags: ['title:suzhou/机构'] },
    ])
    const bytes = Buffer.from(text)
    async function* single() {
      for (const byte of bytes) yield Uint8Array.of(byte)
    }
    expect(await collect(single())).toEqual(whole)
  })

  it('leaves out an event that did not arrive whole', async () => {
    expect(await collect(pieces('data: {"seq":1,"tags":[]}\n'))).toEqual([])
  })

  it('breaks at data that is no event, so that the follower connects anew', async () => {
    await expect(collect(pieces('data: {"seq":"x"}\n\n'))).rejects.toThrow()
  })
})

describe('the follower', () => {
  function follower(slices: Array<{ events: FeedEvent[]; last: number }>, startAt: number) {
    const applied: number[] = []
    const resets: number[] = []
    const asked: number[] = []
    const created = createFeedFollower({
      delivery: {
        feedSince: async (seq) => {
          asked.push(seq)
          return slices.shift() ?? { events: [], last: seq }
        },
        feedStream: () => Promise.reject(new Error('not asked')),
      },
      startAt,
      apply: ({ seq }) => applied.push(seq),
      reset: async (seq) => {
        resets.push(seq)
      },
      onContact: () => undefined,
      onError: () => undefined,
    })
    return { ...created, applied, resets, asked }
  }
  const event = (seq: number) => ({ seq, tags: ['a'] })

  it('replays what happened while it was away, slice by slice', async () => {
    const feed = follower(
      [
        { events: [event(4), event(5)], last: 7 },
        { events: [event(7)], last: 7 },
      ],
      3,
    )
    await feed.catchUp()
    expect(feed.asked).toEqual([3, 5])
    expect(feed.applied).toEqual([4, 5, 7])
    expect(feed.seq()).toBe(7)
  })

  it('applies nothing twice', async () => {
    const feed = follower(
      [
        { events: [event(4)], last: 4 },
        { events: [event(4), event(5)], last: 5 },
      ],
      3,
    )
    await feed.catchUp()
    await feed.catchUp()
    expect(feed.applied).toEqual([4, 5])
  })

  it('begins at the end when there is nothing to replay', async () => {
    const feed = follower([{ events: [], last: 90 }], 0)
    await feed.catchUp()
    expect(feed.seq()).toBe(90)
  })

  it('is not misled by an answer that the stream has overtaken', async () => {
    const answers: Array<(slice: { events: FeedEvent[]; last: number }) => void> = []
    const resets: number[] = []
    let stream: ReadableStreamDefaultController<Uint8Array> | undefined
    const feed = createFeedFollower({
      delivery: {
        feedSince: () =>
          new Promise((resolve) => {
            answers.push(resolve)
          }),
        feedStream: async () =>
          new ReadableStream({
            start: (controller) => {
              stream = controller
            },
          }),
      },
      startAt: 3,
      apply: () => undefined,
      reset: async (seq) => {
        resets.push(seq)
      },
      onContact: () => undefined,
      onError: () => undefined,
    })
    feed.start()
    await vi.waitFor(() => expect(answers).toHaveLength(1))
    answers[0]?.({ events: [], last: 3 })
    const late = feed.catchUp()
    stream?.enqueue(Buffer.from('data: {"seq":4,"tags":[]}\n\n'))
    await vi.waitFor(() => expect(feed.seq()).toBe(4))
    answers[1]?.({ events: [], last: 3 })
    await late
    feed.stop()
    expect(resets).toEqual([])
    expect(feed.seq()).toBe(4)
  })

  it('leaves a line on which nothing comes, and tells once of the outage and once of its end', async () => {
    const lines: Array<ReadableStreamDefaultController<Uint8Array>> = []
    const told: string[] = []
    const feed = createFeedFollower({
      delivery: {
        feedSince: async (seq) => ({ events: [], last: seq }),
        feedStream: async (_seq, signal) =>
          new ReadableStream({
            start: (controller) => {
              lines.push(controller)
              signal.addEventListener('abort', () => controller.error(signal.reason))
            },
          }),
      },
      startAt: 3,
      apply: () => undefined,
      reset: async () => undefined,
      onContact: () => undefined,
      onBreak: (error) => told.push(`broken: ${error instanceof Error ? error.name : ''}`),
      onMend: () => told.push('mended'),
      onError: () => told.push('error'),
      silenceMs: 60,
    })
    feed.start()
    await vi.waitFor(() => expect(lines).toHaveLength(2))
    lines[1]?.enqueue(Buffer.from('data: {"seq":4,"tags":[]}\n\n'))
    await vi.waitFor(() => expect(feed.seq()).toBe(4))
    feed.stop()
    expect(told.slice(0, 2)).toEqual(['broken: Unreachable', 'mended'])
  })

  it('gives up everything when the feed ends before what it has seen', async () => {
    const feed = follower([{ events: [], last: 2 }], 9)
    await feed.catchUp()
    expect(feed.resets).toEqual([2])
    expect(feed.seq()).toBe(2)
  })
})
