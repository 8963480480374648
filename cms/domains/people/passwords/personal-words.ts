import { pinyin } from 'pinyin-pro'

export type Known = { name?: string | null | undefined; unit?: string | null | undefined; email?: string | null | undefined; siteName?: string | undefined }

/** What others know of a person, in the spellings in which passwords contain it: characters, pinyin, parts of the address. */
export function personalWords({ name, unit, email, siteName }: Known): string[] {
  const [local = '', domain = ''] = (email ?? '').toLowerCase().split('@')
  const places = domain.split('.').slice(0, -1)
  const spelled = (text: string) => {
    const syllables = pinyin(text, { toneType: 'none', type: 'array', nonZh: 'removed' }).map((syllable) => syllable.replaceAll('ü', 'v'))
    return [syllables.join(''), syllables.slice(1).join('')]
  }
  const words = [name, unit, siteName].filter((text): text is string => Boolean(text))
  return [...new Set([
    ...words, ...(name ? [...spelled(name), ...(name.length > 2 ? [name.slice(1)] : [])] : []),
    local, ...local.split(/[^a-z\d]+/), ...places, ...places.flatMap((place) => place.split('-')),
  ].filter((word) => word.length > 1))]
}
