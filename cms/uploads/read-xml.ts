import { SaxesParser, type SaxesTagPlain } from 'saxes'

/** An XML part that is not what it should be: malformed, or with a document type, by which parsers can be made to fetch or to multiply. */
export class BadXml extends Error {
  override name = 'BadXml'
}

type Listener = {
  open?: (tag: { name: string; attributes: Record<string, string> }) => void
  /** Text, with the name of the element that it stands in. */
  text?: (text: string, within: string) => void
}

/** Nesting beyond this is made by no office program, and by many an attack. */
const MAX_DEPTH = 256

/** Reads an XML part strictly, telling its elements by local names. Throws `BadXml`. */
export function readXml(bytes: Uint8Array, { open, text }: Listener): void {
  const parser = new SaxesParser()
  const path: string[] = []
  parser.on('error', (error) => { throw new BadXml(error.message) })
  parser.on('doctype', () => { throw new BadXml('document type') })
  parser.on('opentag', (tag: SaxesTagPlain) => {
    const name = localName(tag.name)
    path.push(name)
    if (path.length > MAX_DEPTH) throw new BadXml('nested too deeply')
    open?.({ name, attributes: Object.fromEntries(Object.entries(tag.attributes).map(([key, value]) => [localName(key), value])) })
  })
  parser.on('closetag', () => { path.pop() })
  const hear = (words: string) => text?.(words, path.at(-1) ?? '')
  parser.on('text', hear)
  parser.on('cdata', hear)
  parser.write(decode(bytes)).close()
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1)

/** UTF-8, or UTF-16 by its mark: whoever reads one and not the other is told something else than the office program. */
function decode(bytes: Uint8Array): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    const declared = /^<\?xml[^>]*\sencoding=["']([^"']+)["']/.exec(text)?.[1]?.toLowerCase()
    if (declared && !declared.startsWith(encoding.slice(0, 6)) && declared !== 'us-ascii') throw new BadXml(`encoding ${declared}`)
    return text
  } catch (error) {
    throw error instanceof BadXml ? error : new BadXml('not in its encoding')
  }
}
