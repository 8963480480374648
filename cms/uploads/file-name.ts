/** Most file systems take 255 bytes; sizes of a picture append `-1600x1200`, and a name that is taken a number. */
const MAX_STEM_BYTES = 180
/** Signs that file systems and shells give a meaning of their own, and signs that nobody sees. */
const UNWANTED = /[<>:"|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu
/** Names of devices: such a file cannot be opened on an office's computer. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i
/** `-480x320` at the end is how the sizes of a picture are told apart: an upload of that name would take the place of another's size. */
const LIKE_A_SIZE = /(-\d+)x(?=\d+$)/i

/**
 * The name under which an uploaded file is kept and offered to readers: composed characters (NFC), no path, nothing invisible or that
 * turns the direction of writing, not too long, and with the ending that its content has, whatever ending it came with.
 * `endings`: those that fit the content, the usual one first; with none, the name keeps its own.
 */
export function fileNameFor(given: string, endings: readonly string[] = []): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? ''
  const plain = last.replace(UNWANTED, '').replace(/\s+/g, ' ').trim()
  const dot = plain.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [plain.slice(0, dot), plain.slice(dot + 1).toLowerCase()] : [plain, '']
  // A dot at the beginning hides a file, one at the end is dropped by some systems.
  const bare = stem.replace(/^[.\s]+|[.\s]+$/g, '')
  const named = bare === '' || RESERVED.test(bare) ? `文件${bare === '' ? '' : `-${bare}`}` : bare
  const fitting = endings.length === 0 || endings.includes(ending) ? ending : endings[0]
  const kept = cut(named.replace(LIKE_A_SIZE, '$1×'))
  return fitting ? `${kept}.${fitting}` : kept
}

/** Whole characters only: half of one would make the name unreadable. */
function cut(stem: string): string {
  let kept = ''
  let bytes = 0
  for (const character of stem) {
    bytes += Buffer.byteLength(character)
    if (bytes > MAX_STEM_BYTES) break
    kept += character
  }
  return kept.trim()
}
