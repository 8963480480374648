import type { Member } from './open-archive.ts'
import { BadXml, readXml } from './read-xml.ts'
import { UnsuitableFile } from './unsuitable-file.ts'

export type OfficeType = 'docx' | 'xlsx' | 'pptx'

/** What the main part of a file without macros is called (ECMA-376 part 1, 11.3.10, 12.3.23, 13.3.6). */
const MAIN_PARTS: Record<string, OfficeType> = {
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml': 'pptx',
}
const MACRO_PARTS = /vbaproject|vbadata|(^|\/)macrosheets\/|(^|\/)(activex|customui)\//i
/** Documents inside documents that are no Office Open XML of their own, such as `oleObject1.bin`. */
const EMBEDDED = /(^|\/)embeddings\/[^/]+$/i
const EMBEDDED_OFFICE = /\.(docx|xlsx|pptx)$/i
const OUTSIDE_DATA = /(^|\/)(externallinks\/|connections\.xml$|querytables\/|webextensions\/)/i
const HYPERLINK = /\/relationships\/hyperlink$/
/** What a reader may be led to by a click. */
const PLAIN_ADDRESS = /^(https?:|mailto:|tel:|#|[^:/\\]*$|[^:/\\]+\/[^:\\]*$)/i
/** Fields that start programs or fetch what lies elsewhere as soon as the file is opened. */
const ACTIVE_FIELD = /^\s*(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|LINK)\s/i

/** What the content list of a package says that it is; null when it is none that may be uploaded. Throws `BadXml`. */
export function officeTypeOf(contentTypes: Uint8Array): OfficeType | 'macro' | null {
  let found: OfficeType | null = null
  let hasMacros = false
  readXml(contentTypes, { open: ({ attributes }) => {
    const type = attributes.ContentType?.toLowerCase() ?? ''
    if (type.includes('macroenabled') || type.includes('vbaproject')) hasMacros = true
    found ??= MAIN_PARTS[type] ?? null
  } })
  return hasMacros ? 'macro' : found
}

/** A part that is itself an office file, to be checked as one. */
export const isEmbeddedOffice = ({ name }: Member) => EMBEDDED.test(name) && EMBEDDED_OFFICE.test(name)

/** Refuses a part by which an office file would act on its own when somebody opens it. Throws `UnsuitableFile` with what to do. */
export function checkOfficePart(name: string, part: Member): void {
  if (MACRO_PARTS.test(part.name)) throw macros(name)
  if (EMBEDDED.test(part.name) && !EMBEDDED_OFFICE.test(part.name)) throw embedded(name)
  if (OUTSIDE_DATA.test(part.name)) throw outside(name, '外部数据连接或别的工作簿')
  if (!/\.(xml|rels|vml)$/i.test(part.name)) return
  try {
    if (part.name.endsWith('.rels')) checkRelations(name, part.bytes)
    else checkFields(name, part.bytes)
  } catch (error) {
    if (!(error instanceof BadXml)) throw error
    throw new UnsuitableFile('media-damaged', `“${name}”的内部结构异常，不能确认它是安全的。请用 Word 或 WPS 打开后另存为一份新的文件，再上传。`, { cause: error })
  }
}

function checkRelations(name: string, bytes: Uint8Array): void {
  readXml(bytes, { open: ({ name: element, attributes }) => {
    if (element !== 'Relationship') return
    const type = attributes.Type ?? ''
    const target = (attributes.Target ?? '').trim()
    if (/\/vbaProject$/.test(type)) throw macros(name)
    // A web page inside a text: opened by a browser's machinery, and checked by nobody.
    if (/\/aFChunk$/.test(type)) throw embedded(name)
    const isHyperlink = HYPERLINK.test(type)
    const isOutside = attributes.TargetMode?.toLowerCase() === 'external' || /^[a-z][a-z0-9+.-]*:|^\\\\|^\/\//i.test(target)
    if (!isOutside) return
    if (!isHyperlink) throw outside(name, kindOf(type))
    if (!PLAIN_ADDRESS.test(target)) {
      throw new UnsuitableFile('media-link', `“${name}”里有指向本机文件或脚本的超链接（${target.slice(0, 60)}），读者打不开，还会暴露内部路径。请删除这个超链接再上传。`)
    }
  } })
}

/** Words between the marks of a field are its instruction; programs may split it over many elements. */
function checkFields(name: string, bytes: Uint8Array): void {
  let instructions = ''
  readXml(bytes, {
    open: ({ name: element, attributes }) => {
      if (element === 'fldSimple') instructions += `\n${attributes.instr ?? ''}`
      if (element === 'fldChar' && attributes.fldCharType === 'begin') instructions += '\n'
      if (element === 'ddeLink' || element === 'oleLink') throw outside(name, '动态数据交换（DDE）')
    },
    text: (words, within) => { if (within === 'instrText') instructions += words },
  })
  const active = instructions.split('\n').find((instruction) => ACTIVE_FIELD.test(instruction))
  if (active !== undefined) throw outside(name, `域代码 ${active.trim().split(/\s/)[0]}`)
}

function kindOf(type: string): string {
  const last = type.split('/').at(-1) ?? ''
  return { attachedTemplate: '模板', image: '图片', oleObject: '对象', externalLinkPath: '工作簿', subDocument: '子文档', frame: '框架页', audio: '声音', video: '影像', media: '影像' }[last] ?? '内容'
}

const macros = (name: string) => new UnsuitableFile('media-macro',
  `“${name}”里有宏（打开时会自动运行的程序）。请在 Word 或 WPS 中另存为不含宏的 .docx、.xlsx 或 .pptx，再上传。`)

const embedded = (name: string) => new UnsuitableFile('media-embedded',
  `“${name}”里嵌入了别的文件（OLE 对象），其中可能藏有程序。请删除嵌入的对象，或把它转成图片，再上传。`)

const outside = (name: string, what: string) => new UnsuitableFile('media-external',
  `“${name}”引用了文件之外的${what}，别人打开时会自动去取。请断开链接（Word：文件→信息→编辑指向文件的链接；Excel：数据→编辑链接）或改为嵌入，再上传。`)
