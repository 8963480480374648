import { createServer, connect, type Socket } from 'node:net'

/**
 * How a line behaves. `cut`: every connection is reset, new ones too. `silent`: connections stay, nothing arrives any more, as when a
 * firewall drops packets. `half-open`: the far end is gone and the near end is not told; what is connected anew works. `slow`: every
 * packet takes `delayMs` longer.
 */
export type LineState = 'open' | 'cut' | 'silent' | 'half-open' | { delayMs: number }

export type Line = {
  /** Where the near end connects to instead of to the far end's own port. */
  port: number
  set: (state: LineState) => void
  close: () => Promise<void>
}

type Pair = { near: Socket; far: Socket | null }

/** Opens a line to a port of this machine: a relay that can be cut, silenced and slowed down. */
export async function openLine({ to }: { to: number }): Promise<Line> {
  const pairs = new Set<Pair>()
  const nearEnds = new Set<Socket>()
  let state: LineState = 'open'

  function part(pair: Pair): void {
    pairs.delete(pair)
    pair.near.destroy()
    pair.far?.destroy()
  }

  function join(pair: Pair): void {
    const far = connect({ port: to, host: '127.0.0.1', noDelay: true })
    pair.far = far
    far.on('error', () => {
      pair.near.resetAndDestroy()
      pairs.delete(pair)
    })
    carry(pair.near, far)
    carry(far, pair.near)
  }

  /** Hands on what arrives, in order, and waits where the other end does not take it. */
  function carry(from: Socket, into: Socket): void {
    let queue = Promise.resolve()
    const later = (deed: () => void) => {
      const delayMs = typeof state === 'object' ? state.delayMs : 0
      if (delayMs === 0) queue = queue.then(deed)
      else {
        const due = new Promise<void>((resolve) => setTimeout(resolve, delayMs))
        queue = queue.then(() => due).then(deed)
      }
    }
    from.on('data', (chunk: Buffer) => later(() => {
      if (into.destroyed || into.write(chunk)) return
      from.pause()
      into.once('drain', () => { if (state !== 'silent') from.resume() })
    }))
    from.on('end', () => later(() => { if (!into.destroyed) into.end() }))
    // In the `half-open` state the near end is left in the belief that the far one is there.
    from.on('close', () => later(() => { if (state !== 'half-open') into.destroy() }))
  }

  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const pair: Pair = { near, far: null }
    nearEnds.add(near)
    near.on('error', () => part(pair))
    near.on('close', () => {
      nearEnds.delete(near)
      pairs.delete(pair)
    })
    if (state === 'cut') return near.resetAndDestroy()
    pairs.add(pair)
    if (state !== 'silent') join(pair)
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    set: (next) => {
      state = next
      for (const pair of pairs) {
        if (next === 'cut') {
          pair.far?.resetAndDestroy()
          pair.near.resetAndDestroy()
          pairs.delete(pair)
        } else if (next === 'half-open') {
          pair.far?.destroy()
          pairs.delete(pair)
        } else if (next === 'silent') {
          pair.near.pause()
          pair.far?.pause()
        } else {
          pair.near.resume()
          pair.far?.resume()
          // It knocked while nothing could get through.
          if (!pair.far) join(pair)
        }
      }
    },
    close: () => new Promise((resolve) => {
      for (const pair of pairs) part(pair)
      for (const near of nearEnds) near.destroy()
      server.close(() => resolve())
    }),
  }
}
