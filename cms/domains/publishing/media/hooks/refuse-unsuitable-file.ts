import { APIError, type CollectionBeforeOperationHook } from 'payload'
import { MEDIA_TYPE_LIST, MEDIA_TYPES, startsAs } from '../media-types.ts'

/** Refuses, with the reason, what is too large, of a type that is not allowed, or not what its type says. */
export const refuseUnsuitableFile: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  const { file } = req
  if (!file || (operation !== 'create' && operation !== 'update')) return args
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
  return args
}
