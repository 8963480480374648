import { feedEventSchema, type FeedEvent } from '@cluster/shared/delivery/api'

/**
 * Server-sent events → feed events, as they arrive (WHATWG HTML §9.2). Comments keep the line alive and are passed
 * over; `onSign` hears of every piece that arrives, since it shows that the server is there. Throws on data that is no
 * feed event.
 */
export async function* parseEvents(
  stream: AsyncIterable<Uint8Array>,
  onSign: () => void = () => undefined,
): AsyncGenerator<FeedEvent> {
  const decoder = new TextDecoder()
  let rest = ''
  let data: string[] = []
  for await (const chunk of stream) {
    onSign()
    rest += decoder.decode(chunk, { stream: true })
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('data:')) data.push(line.slice('data:'.length).replace(/^ /, ''))
      if (line !== '' || data.length === 0) continue
      yield feedEventSchema.parse(JSON.parse(data.join('\n')))
      data = []
    }
  }
}
