import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { act, openTestOffices, review, type TestOffices, write } from '../../testing/offices.ts'

let offices: TestOffices
beforeAll(async () => { offices = await openTestOffices() })
afterAll(() => offices.close())

const text = (words: string) => ({ type: 'text', text: words, format: 0, version: 1 })
const link = (url: string) => ({ type: 'link', version: 1, fields: { url, linkType: 'custom', newTab: true }, children: [text(`去 ${url.slice(0, 4)}`)] })
const paragraph = (...children: unknown[]) => ({ type: 'paragraph', version: 1, children })

describe('a text that came into its row by another way than the editor', () => {
  it('is cleaned once more before the public sees it', async () => {
    const document = await write(offices)
    const stored = { root: { type: 'root', children: [
      paragraph(text('这一段是正文，说明职责清单今天公布，共一百二十项。')),
      paragraph(link('javascript:alert(1)'), link('data:text/html,<script>alert(1)</script>'), link('https://www.gov.cn/')),
      { type: 'script', src: 'https://example.com/evil.js', children: [text('alert(2)')] },
      { type: 'paragraph', style: 'background:url(//example.com)', children: [{ ...text('红字'), style: 'color:red' }, text('<img src=x onerror=alert(3)>')] },
      { type: 'iframe', src: 'https://example.com/' }, { type: 'upload', relationTo: 'users', value: 1 },
    ] } }
    await offices.rows('update articles set body = $1 where id = $2', [JSON.stringify(stored), document.id])
    await review(offices, document)
    const [row] = await offices.rows<{ record: { content: { html: string } } }>("select record from delivery.records where collection = 'articles' and id = $1", [document.id])
    const html = row!.record.content.html
    expect(html).toContain('href="https://www.gov.cn/"')
    expect(html.match(/<\w+/g)?.map((tag) => tag.slice(1)).filter((tag) => !['p', 'a'].includes(tag))).toEqual([])
    expect(html).not.toMatch(/javascript:|data:|example\.com|style=|<[^>]+\son\w+=/i)
  })

  it('that is no text at all is refused like an empty one, not a fault', async () => {
    for (const stored of ['{}', '{"root":null}']) {
      const document = await write(offices)
      await offices.rows('update articles set body = $1 where id = $2', [stored, document.id])
      const answer = await act(offices, 'editor', 'submit', document)
      expect([stored, answer.status, answer.body.errors?.[0]?.code]).toEqual([stored, 422, 'body-required'])
    }
  })
})
