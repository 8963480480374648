import sharp from 'sharp'
import type { Upload } from './rest.ts'

/** A whole PDF of a few bytes, different for different words. */
export function pdf(name: string, words = name): Upload {
  return { name, mediaType: 'application/pdf', bytes: Buffer.from(`%PDF-1.7\n% ${words}\nxref\n0 0\ntrailer <<>>\nstartxref\n0\n%%EOF\n`) }
}

/** A real picture of one colour. */
export async function png(name: string, width: number, height: number): Promise<Upload> {
  const bytes = await sharp({ create: { width, height, channels: 3, background: { r: 180, g: 30, b: 30 } } }).png().toBuffer()
  return { name, mediaType: 'image/png', bytes }
}
