/** A drawing is shown inside a page; opened by itself it would be a document that may act. */
const DRAWING = 'image/svg+xml'

const TYPES: Record<string, string> = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  txt: 'text/plain; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ppt: 'application/vnd.ms-powerpoint',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  wps: 'application/vnd.ms-works',
  et: 'application/vnd.ms-excel',
  zip: 'application/zip',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: DRAWING,
  avif: 'image/avif',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
}

/** Media type by the name's ending, as a static server in front finds it; what could run in a page has none. */
export function mediaTypeOf(name: string): string {
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return TYPES[ending] ?? 'application/octet-stream'
}

/** True for what a browser shows by itself; everything else is offered for download. */
export function opensInBrowser(type: string): boolean {
  if (type === DRAWING) return false
  return /^(image|audio|video)\//.test(type) || type === 'application/pdf' || type.startsWith('text/plain')
}
