import { APIError, type CollectionBeforeOperationHook } from 'payload'

/**
 * A save says which version it was made on. Asked before anything else: later Payload has filled in whatever a request left out, the
 * version among it, from the document as it stands.
 */
export const requireVersion: CollectionBeforeOperationHook = ({ args, operation }) => {
  if (operation !== 'update' && operation !== 'updateByID') return args
  const version = (args as { data?: { version?: unknown } }).data?.version
  if (Number.isInteger(version) && Number(version) > 0) return args
  throw new APIError('保存时须带上所依据的版本号（version）。请刷新页面后重试。', 400, { code: 'version-required', path: 'version' }, true)
}
