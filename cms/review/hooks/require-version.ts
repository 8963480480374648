import { APIError, type CollectionBeforeOperationHook } from 'payload'
import { personOf } from '../../access/granted-sites.ts'

/**
 * A save says which version it was made on. Asked before anything else: later Payload has filled in whatever a request left out, the
 * version among it, from the document as it stands.
 */
export const requireVersion: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'update' && operation !== 'updateByID') return args
  // Whoever has not signed in is turned away by the access rules, and told no more.
  if (!args.overrideAccess && !personOf(req)) return args
  const version = (args as { data?: { version?: unknown } }).data?.version
  if (Number.isInteger(version) && Number(version) > 0) return args
  throw new APIError('保存时须带上所依据的版本号（version）。请刷新页面后重试。', 400, { code: 'version-required', path: 'version' }, true)
}
