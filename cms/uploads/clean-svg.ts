import sanitizeHtml from 'sanitize-html'
import { BadXml, readXml } from './read-xml.ts'
import { UnsuitableFile } from './unsuitable-file.ts'

/** What draws. Nothing here runs, fetches, animates or holds another language. */
const ELEMENTS = [
  'svg', 'g', 'defs', 'symbol', 'use', 'title', 'desc', 'path', 'rect', 'circle', 'ellipse', 'line', 'polyline', 'polygon', 'text', 'tspan',
  'linearGradient', 'radialGradient', 'stop', 'clipPath', 'mask', 'pattern', 'marker',
]
const ATTRIBUTES = [
  'xmlns', 'version', 'id', 'viewBox', 'preserveAspectRatio', 'width', 'height', 'x', 'y', 'x1', 'y1', 'x2', 'y2', 'cx', 'cy', 'r', 'rx', 'ry',
  'fx', 'fy', 'dx', 'dy', 'd', 'points', 'transform', 'rotate', 'textLength', 'lengthAdjust', 'offset', 'href', 'xlink:href', 'xmlns:xlink',
  'fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-linecap', 'stroke-linejoin', 'stroke-miterlimit',
  'stroke-dasharray', 'stroke-dashoffset', 'opacity', 'color', 'display', 'visibility', 'clip-path', 'clip-rule', 'mask', 'marker-start',
  'marker-mid', 'marker-end', 'font-family', 'font-size', 'font-weight', 'font-style', 'text-anchor', 'dominant-baseline', 'letter-spacing',
  'stop-color', 'stop-opacity', 'gradientUnits', 'gradientTransform', 'spreadMethod', 'patternUnits', 'patternContentUnits', 'patternTransform',
  'clipPathUnits', 'maskUnits', 'maskContentUnits', 'markerUnits', 'markerWidth', 'markerHeight', 'refX', 'refY', 'orient', 'vector-effect',
  'shape-rendering', 'role', 'aria-label',
]
const NAMESPACES = ['http://www.w3.org/2000/svg', 'http://www.w3.org/1999/xlink']
/** A drawing of ten thousand shapes takes a phone seconds. */
const MAX_ELEMENTS = 10_000
/** Copies of copies of copies grow like a bomb; drawings of offices place symbols once or twice. */
const MAX_USES = 500

/**
 * A drawing with everything taken out that could run, fetch or disguise: what is kept is written anew from a list of what draws.
 * The result is then read by another parser, which must find nothing else. Throws `UnsuitableFile` when it is no drawing.
 */
export function cleanSvg(name: string, bytes: Uint8Array): Buffer {
  const source = withoutProlog(bytes)
  refuseOther(name, Buffer.from(source))
  const cleaned = sanitizeHtml(source, {
    allowedTags: ELEMENTS,
    allowedAttributes: { '*': ATTRIBUTES },
    allowedSchemes: [],
    allowedSchemesAppliedToAttributes: [],
    nonTextTags: ['script', 'style', 'foreignObject', 'metadata', 'iframe', 'object', 'embed', 'audio', 'video'],
    parser: { xmlMode: true, lowerCaseTags: false, lowerCaseAttributeNames: false, recognizeCDATA: true, decodeEntities: true },
    transformTags: { '*': (tagName, attribs) => ({ tagName, attribs: Object.fromEntries(plainAttributes(attribs).filter(([key, value]) => isHarmless(key, value))) }) },
  }).trim()
  verify(name, Buffer.from(cleaned))
  return Buffer.from(cleaned)
}

/** Drawing programs name the old document type of SVG; without declarations of its own (`[`) it says nothing. */
const withoutProlog = (bytes: Uint8Array) => new TextDecoder().decode(bytes).replace(/<\?[^]*?\?>/g, '').replace(/<!DOCTYPE\s+svg\b[^<>[\]]*>/i, '').trimStart()

/** Read strictly first: what one parser mends in its own way another would mend in another. */
function refuseOther(name: string, bytes: Uint8Array): void {
  let root: { name: string; attributes: Record<string, string> } | null = null
  let hasStyles = false
  try {
    readXml(bytes, { open: (tag) => {
      root ??= tag
      hasStyles ||= tag.name === 'style'
    } })
  } catch (error) {
    if (error instanceof BadXml) throw noDrawing(name, error)
    throw error
  }
  const { name: element, attributes } = root ?? { name: '', attributes: {} as Record<string, string> }
  if (element !== 'svg') throw noDrawing(name)
  // Style sheets can fetch; without them the drawing would be another one.
  if (hasStyles) throw new UnsuitableFile('media-content', `“${name}”用样式表（<style>）上色，样式表不能公开。请在绘图软件导出时选择“样式写成属性”，或导出为 PNG 再上传。`)
  if (!attributes.viewBox && !(parseFloat(attributes.width ?? '') > 0 && parseFloat(attributes.height ?? '') > 0)) {
    throw new UnsuitableFile('media-content', `“${name}”没有写明尺寸（viewBox），网页不知道该画多大。请在绘图软件里重新导出，或导出为 PNG 再上传。`)
  }
}

/** Attributes, and what stands in `style` as attributes of the same meaning: drawing programs write colours there. */
function plainAttributes({ style = '', ...attributes }: Record<string, string>): Array<[string, string]> {
  const declared = style.split(';').flatMap((declaration): Array<[string, string]> => {
    const [property = '', ...value] = declaration.split(':')
    return ATTRIBUTES.includes(property.trim()) ? [[property.trim(), value.join(':').trim()]] : []
  })
  return [...Object.entries(attributes), ...declared]
}

/** References point into the drawing itself; everything else is numbers, colours and words. */
function isHarmless(key: string, value: string): boolean {
  if (key === 'xmlns' || key.startsWith('xmlns:')) return NAMESPACES.includes(value)
  if (key === 'href' || key === 'xlink:href') return /^#[\w.-]+$/.test(value)
  const references = value.match(/url\s*\(/gi)?.length ?? 0
  const own = value.match(/url\(\s*["']?#[\w.-]+["']?\s*\)/gi)?.length ?? 0
  return references === own && !/[\\@]|javascript:|data:|expression\s*\(/i.test(value)
}

function verify(name: string, cleaned: Buffer): void {
  const [elements, attributes] = [new Set(ELEMENTS), new Set(ATTRIBUTES.map((each) => each.slice(each.indexOf(':') + 1)))]
  let [count, uses] = [0, 0]
  try {
    readXml(cleaned, { open: ({ name: element, attributes: given }) => {
      count += 1
      if (element === 'use') uses += 1
      if (!elements.has(element) || Object.entries(given).some(([key, value]) => !attributes.has(key) || (key === 'href' && !value.startsWith('#')))) {
        throw new BadXml(`kept <${element}>`)
      }
    } })
  } catch (error) {
    if (error instanceof BadXml) throw noDrawing(name, error)
    throw error
  }
  if (count < 2) throw new UnsuitableFile('media-content', `“${name}”去掉不能公开的部分以后没有图形了。请在绘图软件里重新导出，或导出为 PNG 再上传。`)
  if (count > MAX_ELEMENTS || uses > MAX_USES) {
    throw new UnsuitableFile('media-size', `“${name}”的图形过于复杂（${count} 个部件），手机打不开。请简化，或导出为 PNG 再上传。`, { status: 413 })
  }
}

const noDrawing = (name: string, cause?: unknown) => new UnsuitableFile('media-content',
  `“${name}”不是完整的 SVG 图形，或含有不能公开的结构。请在绘图软件里重新导出，或导出为 PNG 再上传。`, { cause })
