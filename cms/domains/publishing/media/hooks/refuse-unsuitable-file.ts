import { APIError, type CollectionBeforeOperationHook } from 'payload'
import { personOf } from '../../../../access/granted-sites.ts'
import { endsAs, isWhole, MEDIA_TYPE_LIST, MEDIA_TYPES, startsAs } from '../media-types.ts'

/** Refuses, with the reason, what is too large, of a type that is not allowed, or not what its type says. */
export const refuseUnsuitableFile: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const { file } = req
  // Whoever has not signed in is turned away by the access rules, and told no more.
  if (!('overrideAccess' in args && args.overrideAccess) && !personOf(req)) return args
  if (operation === 'update' && (file || isCropped(req.query))) {
    throw new APIError('已上传的文件不能替换或裁剪，公开页面可能正在使用它。请另外上传一个新文件。', 409, { code: 'media-fixed' }, true)
  }
  if (operation !== 'create') return args
  // Without a file Payload would fetch one by the name or address that the request gives, another office's among them.
  if (!file) throw new APIError('请选择要上传的文件。', 400, { code: 'media-missing', path: 'file' }, true)
  const type = MEDIA_TYPES[file.mimetype]
  if (!type) {
    throw new APIError(`“${file.name}”的类型（${file.mimetype || '未知'}）不能上传。可以上传：${MEDIA_TYPE_LIST}。`, 415, { code: 'media-type' }, true)
  }
  if (file.size > type.limit) {
    const size = (file.size / 1024 / 1024).toFixed(1)
    throw new APIError(`“${file.name}”有 ${size} MB，超过 ${type.label} 的上限 ${type.limit / 1024 / 1024} MB。请压缩后再上传。`, 413, { code: 'media-size' }, true)
  }
  if (!startsAs(type, file.data)) {
    throw new APIError(`“${file.name}”的内容不是 ${type.label}，可能被改过扩展名。请另存为正确的格式再上传。`, 415, { code: 'media-content' }, true)
  }
  if (!isWhole(type, file.data)) {
    throw new APIError(`“${file.name}”不完整，可能在下载或传送时中断了。请重新取得这份文件再上传。`, 415, { code: 'media-cut' }, true)
  }
  if (!endsAs(type, file.name)) {
    throw new APIError(`“${file.name}”是 ${type.label}，文件名应以 ${type.endings.map((ending) => `.${ending}`).join(' 或 ')} 结尾。请改名后再上传。`, 415, { code: 'media-name' }, true)
  }
  return args
}

/** A picture is cropped by what the admin's editor puts into the address. */
function isCropped(query: Record<string, unknown> | undefined): boolean {
  const edits = query?.uploadEdits
  return typeof edits === 'object' && edits !== null && ['crop', 'widthInPixels', 'heightInPixels'].some((edit) => edit in edits)
}
