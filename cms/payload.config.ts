import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { postgresAdapter } from '@payloadcms/db-postgres'
import { zh } from '@payloadcms/translations/languages/zh'
import { buildConfig } from 'payload'
import sharp from 'sharp'
import { auditEveryCollection } from './audit/audit-every-collection.ts'
import { auditEndpoints } from './audit/endpoints.ts'
import { columns } from './domains/governance/columns/collection.ts'
import { layouts } from './domains/governance/layouts/collection.ts'
import { dashboardEndpoint } from './dashboard/endpoint.ts'
import { rolloutEndpoints } from './domains/governance/rollouts/endpoints.ts'
import { siteChangeEndpoints } from './domains/governance/site-lifecycle/endpoints.ts'
import { keepFrozen } from './domains/governance/site-lifecycle/keep-frozen.ts'
import { sites } from './domains/governance/sites/collection.ts'
import { letters } from './domains/interaction/letters/collection.ts'
import { peopleEndpoints } from './domains/people/endpoints.ts'
import { tellClosedDoor } from './domains/people/sessions/tell-closed-door.ts'
import { users } from './domains/people/users/collection.ts'
import { articles } from './domains/publishing/articles/collection.ts'
import { contentPoolEndpoints } from './domains/publishing/content-pool/endpoints.ts'
import { importBatches } from './domains/publishing/import-batches/collection.ts'
import { media } from './domains/publishing/media/collection.ts'
import { policies } from './domains/publishing/policies/collection.ts'
import { honestCommits } from './database/honest-commits.ts'
import { liveConnections } from './database/live-connections.ts'
import { watchedDriver } from './database/watched-driver.ts'
import { env } from './env.ts'
import { faultLog } from './fault-log.ts'
import { officeEditor } from './fields/body-field.ts'
import { inboxEndpoint } from './inbox/endpoint.ts'
import { intakeEndpoints } from './intake/endpoints.ts'
import { operatorEndpoints } from './operator/endpoints.ts'
import { guardEverything } from './rest/guard-everything.ts'

const here = dirname(fileURLToPath(import.meta.url))
/** Largest request: the largest attachment and its form. */
const UPLOAD_LIMIT = 60 * 1024 * 1024
/** Connections of one CMS process; PostgreSQL's default is 100 for all of them. */
const POOL_SIZE = 15

const { log } = faultLog('cms')

export default buildConfig({
  secret: env().PAYLOAD_SECRET,
  serverURL: '',
  collections: [articles, policies, letters, importBatches, media, sites, columns, layouts, users],
  endpoints: [...intakeEndpoints, inboxEndpoint, ...auditEndpoints, ...peopleEndpoints, ...operatorEndpoints, ...rolloutEndpoints, dashboardEndpoint, ...contentPoolEndpoints, ...siteChangeEndpoints],
  hooks: { afterError: [tellClosedDoor] },
  editor: officeEditor,
  plugins: [keepFrozen, auditEveryCollection, guardEverything],
  db: honestCommits(postgresAdapter({
    pg: watchedDriver({ name: 'cms', log, slowQueryMs: env().SLOW_QUERY_MS }),
    pool: { connectionString: env().DATABASE_URL, max: POOL_SIZE, idle_in_transaction_session_timeout: 60_000, ...liveConnections() },
    push: false,
    migrationDir: join(here, 'migrations'),
    disableCreateDatabase: true,
  })),
  admin: {
    user: 'users',
    dateFormat: 'yyyy-MM-dd HH:mm',
    avatar: 'default',
    meta: {
      titleSuffix: ' · 机构编制网站群管理后台', description: '机构编制网站群管理后台', defaultOGImageType: 'off',
      icons: [{ rel: 'icon', type: 'image/svg+xml', url: '/icon.svg' }],
    },
    components: {
      graphics: { Icon: '/admin/brand/mark#Mark', Logo: '/admin/brand/logo#Logo' },
      providers: ['/admin/sign-in/keep-signed-in#KeepSignedIn'],
      views: {
        dashboard: { Component: '/admin/inbox/inbox-view#InboxView' },
        login: { Component: '/admin/sign-in/sign-in-view#SignInView' },
        unauthorized: { Component: '/admin/sign-in/first-steps-view#FirstStepsView' },
        account: { Component: '/admin/account/account-view#AccountView' },
        layout: { path: '/layout', exact: true, Component: '/admin/layout/own-layout#OwnLayout', meta: { title: '首页布置' } },
        security: { path: '/security', exact: true, Component: '/admin/security/security-view#SecurityView', meta: { title: '账号安全' } },
        audit: { path: '/audit', exact: true, Component: '/admin/audit/audit-view#AuditView', meta: { title: '审计' } },
        contentPool: { path: '/content-pool', exact: true, Component: '/admin/content-pool/content-pool-view#ContentPoolView', meta: { title: '内容共享' } },
        rollout: { path: '/rollouts/:id', exact: true, Component: '/admin/rollouts/rollout-view#RolloutView', meta: { title: '模板推行' } },
        rollouts: { path: '/rollouts', exact: true, Component: '/admin/rollouts/rollouts-view#RolloutsView', meta: { title: '模板推行' } },
        siteChange: { path: '/site-changes/:id', exact: true, Component: '/admin/site-changes/site-change-view#SiteChangeView', meta: { title: '站点开设与撤并' } },
        siteChanges: { path: '/site-changes', exact: true, Component: '/admin/site-changes/site-changes-view#SiteChangesView', meta: { title: '站点开设与撤并' } },
        overview: { path: '/dashboard', exact: true, Component: '/admin/dashboard/dashboard-view#DashboardView', meta: { title: '总览' } },
        operations: { path: '/operations', exact: true, Component: '/admin/operations/operations-view#OperationsView', meta: { title: '运行状况' } },
      },
    },
    importMap: { baseDir: here, importMapFile: join(here, 'app', '(payload)', 'admin', 'importMap.js') },
  },
  i18n: { supportedLanguages: { zh }, fallbackLanguage: 'zh', translations: { zh: { general: { dashboard: '待办', createNew: '新建' } } } },
  // An empty list would let any page make a signed-in clerk's browser send requests.
  csrf: env().CMS_ORIGIN ? [env().CMS_ORIGIN!] : [env().CMS_URL, `http://localhost:${env().CMS_PORT}`],
  cors: [],
  graphQL: { disable: true },
  telemetry: false,
  upload: {
    // The request as a whole a little larger, so that the file's own limit speaks, in Chinese.
    limits: { fileSize: UPLOAD_LIMIT }, requestSizeLimit: UPLOAD_LIMIT + 4 * 1024 * 1024, abortOnLimit: true,
    responseOnLimit: '文件太大，没有上传。请压缩后再试；图片不超过 20 MB，其他附件不超过 50 MB。',
  },
  logger: log,
  // A refused request is an everyday event, told to the person and kept in the audit log; only faults of ours are errors.
  loggingLevels: { QueryError: 'debug', APIError: 'debug', Forbidden: 'debug', NotFound: 'debug', ValidationError: 'debug', AuthenticationError: 'debug', LockedAuth: 'debug' },
  typescript: { autoGenerate: false, outputFile: join(here, 'payload-types.ts') },
  sharp,
})
