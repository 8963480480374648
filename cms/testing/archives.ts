import { crc32, deflateRawSync } from 'node:zlib'
import type { Upload } from './rest.ts'

export type PackedMember = {
  name: string
  bytes: string | Uint8Array
  isEncrypted?: boolean
  /** What the directory says of the unpacked size, where that is to be a lie. */
  claimedSize?: number
}

/** A ZIP file as any program writes it, or with the lies that a test asks for. */
export function packed(members: readonly PackedMember[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, bytes, isEncrypted = false, claimedSize } of members) {
    const content = Buffer.from(bytes as Uint8Array)
    const squeezed = deflateRawSync(content)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(0x0800 | (isEncrypted ? 1 : 0), 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(content), 10)
    fields.writeUInt32LE(squeezed.length, 14)
    fields.writeUInt32LE(claimedSize ?? content.length, 18)
    fields.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), fields, Buffer.from(name), squeezed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([20, 0]), fields, tail, Buffer.from(name)]))
    files.push(local)
    offset += local.length
  }
  const list = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(list.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, list, end])
}

const OFFICE = 'application/vnd.openxmlformats-officedocument'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = {
  docx: ['word/document.xml', `${OFFICE}.wordprocessingml.document.main+xml`, '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>一段话。</w:t></w:r></w:p></w:body></w:document>'],
  xlsx: ['xl/workbook.xml', `${OFFICE}.spreadsheetml.sheet.main+xml`, '<workbook/>'],
  pptx: ['ppt/presentation.xml', `${OFFICE}.presentationml.presentation.main+xml`, '<p:presentation xmlns:p="p"/>'],
} as const

/** An office file with the parts that every one has; `more` adds parts, or takes the place of those of the same name. */
export function office(kind: keyof typeof MAIN, more: readonly PackedMember[] = [], mainType?: string): Buffer {
  const [main, type, body] = MAIN[kind]
  const parts: PackedMember[] = [
    { name: '[Content_Types].xml', bytes: `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/${main}" ContentType="${mainType ?? type}"/></Types>` },
    { name: '_rels/.rels', bytes: relations([{ type: 'officeDocument', target: main }]) },
    { name: main, bytes: body },
  ]
  return packed([...parts.filter(({ name }) => !more.some((each) => each.name === name)), ...more])
}

/** A list of relations as parts have them; `mode` External points out of the file. */
export function relations(list: ReadonlyArray<{ type: string; target: string; mode?: string }>): string {
  const lines = list.map(({ type, target, mode }, index) =>
    `<Relationship Id="r${index}" Type="${RELATIONS}/${type}" Target="${target}"${mode ? ` TargetMode="${mode}"` : ''}/>`)
  return `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`
}

export const docx = (name: string, more: readonly PackedMember[] = []): Upload => ({ name, mediaType: `${OFFICE}.wordprocessingml.document`, bytes: office('docx', more) })
