import { describe, expect, it } from 'vitest'
import { cleanSvg } from './clean-svg.ts'
import { UnsuitableFile } from './unsuitable-file.ts'

const clean = (inner: string, root = '') => cleanSvg('a.svg', Buffer.from(
  `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10" ${root}>${inner}</svg>`)).toString()

describe('a drawing', () => {
  it('keeps what draws', () => {
    const drawing = '<defs><linearGradient id="g"><stop offset="0" stop-color="#f00"></stop></linearGradient></defs><path d="M0 0h10" fill="url(#g)"></path><use xlink:href="#g"></use><text x="1">编制 &amp; 机构</text>'
    const cleaned = clean(drawing)
    for (const part of ['viewBox="0 0 10 10"', '<linearGradient id="g">', 'fill="url(#g)"', 'xlink:href="#g"', '编制 &amp; 机构']) expect(cleaned).toContain(part)
  })

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script in CDATA', '<script><![CDATA[alert(1)]]></script>'],
    ['a handler', '<rect width="1" height="1" onload="alert(1)"/>'],
    ['a handler in capitals', '<rect ONCLICK="alert(1)"/>'],
    ['a link that is a script', '<a href="javascript:alert(1)"><text>x</text></a>'],
    ['a link in escapes', '<a xlink:href="&#106;avascript:alert(1)"><text>x</text></a>'],
    ['a web page', '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="javascript:alert(1)"/></body></foreignObject>'],
    ['a style attribute', '<rect style="background:url(https://example.com/alert)"/>'],
    ['a picture elsewhere', '<image href="https://example.com/alert.png"/>'],
    ['a picture as data', '<image href="data:image/svg+xml,alert"/>'],
    ['a symbol elsewhere', '<use href="https://example.com/alert.svg#a"/>'],
    ['a paint elsewhere', '<rect fill="url(https://example.com/alert.svg#a)"/>'],
    ['a change of an address', '<animate attributeName="href" to="javascript:alert(1)"/>'],
    ['a handler by change', '<set attributeName="onmouseover" to="alert(1)"/>'],
    ['another language', '<x:script xmlns:x="http://www.w3.org/1999/xhtml" src="https://example.com/alert.js"/>'],
  ])('loses %s', (_, inner) => {
    const cleaned = clean(`<rect width="2" height="2"/>${inner}`)
    expect(cleaned).not.toMatch(/alert|javascript|script|example\.com|on\w+=|style|data:/i)
    expect(cleaned).toContain('<rect width="2" height="2">')
  })

  it('keeps the colours that its program wrote as styles', () => {
    expect(clean('<rect style="fill:#9c1d23; stroke-width : 2;position:fixed;fill-opacity:url(https://example.com/a)"/>')).toContain('<rect fill="#9c1d23" stroke-width="2"></rect>')
  })

  it('may name the old document type, which drawing programs do', () => {
    const old = '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g/></svg>'
    expect(cleanSvg('a.svg', Buffer.from(old)).toString()).toBe('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g></g></svg>')
  })

  it('loses handlers at its root, and stays well-formed', () => {
    expect(clean('<g/>', 'onload="alert(1)"')).toBe('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10"><g></g></svg>')
  })

  it.each([
    ['with a document type', '<!DOCTYPE svg [<!ENTITY x "y">]><svg xmlns="http://www.w3.org/2000/svg"><text>&x;</text></svg>'],
    ['that is not well-formed', '<svg xmlns="http://www.w3.org/2000/svg"><g></svg>'],
    ['that is no drawing', '<html xmlns="http://www.w3.org/1999/xhtml"><svg/></html>'],
    ['without measures', '<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>'],
    ['with a style sheet', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><style>@import url(https://example.com/a.css)</style><g/></svg>'],
    ['of which nothing is left', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>a()</script></svg>'],
    ['that copies itself like a bomb', `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g id="a"/>${'<use href="#a"/>'.repeat(501)}</svg>`],
  ])('%s is refused', (_, source) => expect(() => cleanSvg('a.svg', Buffer.from(source))).toThrow(UnsuitableFile))
})
