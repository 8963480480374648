import { APIError, type CollectionBeforeOperationHook } from 'payload'
import { personOf } from '../../../../access/granted-sites.ts'
import { env } from '../../../../env.ts'
import { inspectUpload } from '../../../../uploads/inspect-upload.ts'
import { UnsuitableFile } from '../../../../uploads/unsuitable-file.ts'
import { holdFileName } from '../hold-file-name.ts'

/**
 * Refuses, with the reason, what may not be kept, and hands on what may in the form in which it is kept: see `inspectUpload`. Of two files of
 * one name that arrive together the second waits here, and then gets a name of its own.
 */
export const refuseUnsuitableFile: CollectionBeforeOperationHook = async ({ args, operation, req }) => {
  const { file } = req
  // Whoever has not signed in is turned away by the access rules, and told no more.
  if (!('overrideAccess' in args && args.overrideAccess) && !personOf(req)) return args
  if (operation === 'update' && (file || isCropped(req.query))) {
    throw new APIError('已上传的文件不能替换或裁剪，公开页面可能正在使用它。请另外上传一个新文件。', 409, { code: 'media-fixed' }, true)
  }
  if (operation !== 'create') return args
  // Without a file Payload would fetch one by the name or address that the request gives, another office's among them.
  if (!file) throw new APIError('请选择要上传的文件。', 400, { code: 'media-missing', path: 'file' }, true)
  try {
    const { name, mediaType, bytes } = await inspectUpload({ name: file.name, bytes: file.data }, { scanner: env().scanner })
    req.file = { ...file, name, mimetype: mediaType, data: bytes, size: bytes.byteLength }
    await holdFileName(req, name)
  } catch (error) {
    if (!(error instanceof UnsuitableFile)) throw error
    if (error.status === 503) req.payload.logger.error({ err: error, msg: 'scanner' })
    throw new APIError(error.message, error.status, { code: error.code }, true)
  }
  return args
}

/** A picture is cropped by what the admin's editor puts into the address. */
function isCropped(query: Record<string, unknown> | undefined): boolean {
  const edits = query?.uploadEdits
  return typeof edits === 'object' && edits !== null && ['crop', 'widthInPixels', 'heightInPixels'].some((edit) => edit in edits)
}
