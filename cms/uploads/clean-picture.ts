import sharp, { type Sharp } from 'sharp'
import { UnsuitableFile } from './unsuitable-file.ts'

/** The largest sensors of common phones have 108 million points; frames of an animation count together. */
const MAX_PIXELS = 120_000_000
const MAX_SIDE = 20_000
/** What the eye cannot tell from the original; the sizes for pages are made from this one. */
const QUALITY = 92

type PictureType = 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif'

/**
 * The picture drawn anew from its points: upright, without place, time, camera and author, and without anything that stood behind or
 * between. Throws `UnsuitableFile` when it cannot be drawn, or has more points than a page could ever show.
 */
export async function cleanPicture(name: string, bytes: Uint8Array, type: PictureType): Promise<Buffer> {
  try {
    const animated = type === 'image/gif' || type === 'image/webp'
    // The measures are read without drawing anything.
    const { width = 0, height = 0, pages = 1, pageHeight } = await sharp(bytes, { animated, limitInputPixels: false }).metadata()
    const tall = pageHeight ?? height
    if (width * tall * pages > MAX_PIXELS || Math.max(width, tall) > MAX_SIDE) throw tooManyPoints(name, width, tall)
    const picture = sharp(bytes, { animated, limitInputPixels: MAX_PIXELS, failOn: 'error', sequentialRead: true })
    return await written(pages > 1 ? picture : picture.autoOrient(), type).toBuffer()
  } catch (error) {
    if (error instanceof UnsuitableFile) throw error
    throw new UnsuitableFile('media-content', `“${name}”不完整或已损坏，画不出来。请重新取得这张图片，用看图软件打开确认后再上传。`, { cause: error })
  }
}

/** Metadata is not written unless it is asked for; colours are brought into sRGB, which every screen understands. */
function written(picture: Sharp, type: PictureType): Sharp {
  switch (type) {
    case 'image/jpeg': return picture.jpeg({ quality: QUALITY, mozjpeg: false })
    case 'image/png': return picture.png()
    case 'image/webp': return picture.webp({ quality: QUALITY })
    case 'image/gif': return picture.gif()
  }
}

const tooManyPoints = (name: string, width: number, height: number) => new UnsuitableFile('media-size',
  `“${name}”的像素太多（${width}×${height}），最多 ${MAX_PIXELS / 10_000} 万像素、边长 ${MAX_SIDE}。请缩小后再上传。`, { status: 413 })
