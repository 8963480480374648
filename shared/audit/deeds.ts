import { ACTIONS } from '../publishing/states.ts'

/** What can stand as a deed in the audit log, in the words of the audit administrator's screen. */
export const DEEDS: Readonly<Record<string, string>> = {
  'sign-in': '登录', 'sign-out': '退出登录', 'refresh-session': '延长登录', 'first-register': '初始注册', unlock: '解除锁定',
  'reset-password': '重置密码', 'forgot-password': '找回密码', 'change-password': '修改密码',
  create: '新建', update: '修改', delete: '删除', transition: '流转', ...ACTIONS, release: '发布（系统）', 'release-refused': '发布被系统退回',
  'change-duties': '授予或收回职责', 'change-settings': '修改配置',
  push: '推送', 'take-back-push': '收回推送', adopt: '采用', 'decline-offer': '不采用', 'drop-placement': '撤下采用的内容',
  'submit-upward': '报送', 'accept-submission': '采用报送', 'return-submission': '退回报送',
  'enrol-second-factor': '启用两步验证', 'remove-second-factor': '停用两步验证', 'reset-second-factor': '重置两步验证', 'renew-recovery-codes': '更换恢复码',
  'end-sessions': '结束登录', 'make-api-key': '建立接口密钥', 'revoke-api-key': '吊销接口密钥',
  'read-personal-data': '查看个人信息', 'read-audit': '查看审计', export: '导出',
  import: '导入', 'import-complete': '导入完成', 'import-sign': '签批导入',
  'backup': '备份', 'restore': '恢复', 'check-audit': '核验审计链', 'retire-audit': '移出旧审计记录',
  operate: '查看或处理运行状况', 'retry-job': '重做后台任务', 'discard-job': '放弃后台任务', 'rebuild-search': '重建搜索索引', 'plan-rollout': '安排模板推行', 'roll-out': '推行模板', 'dry-run': '预演模板', 'change-site': '开设、合并或关闭站点', 'read-dashboard': '查看总览', 'refusals-passed-over': '未逐条记录的匿名拒绝',
}

/** Why something was refused, where a word helps more than the code. */
export const REASONS: Readonly<Record<string, string>> = {
  'wrong-password': '账号或密码不对', 'account-locked': '账号已锁定', locked: '账号已锁定', 'unknown-account': '没有这个账号', 'wrong-code': '动态验证码不对', forbidden: '没有权限', 'not-found': '不存在或不在权限内', invalid: '内容不合要求',
  'stale-version': '版本已过期', 'version-required': '没有带版本号', 'not-editable': '当前状态不能修改', 'outside-grants': '不在站点范围内',
  'duty-missing': '没有这项职责', 'same-person': '同一人不能连签', 'wrong-state': '状态不符', 'content-changed': '内容已变', 'sign-in-required': '没有登录',
  'mandated-column': '必设栏目不能改', 'mandated-key': '标识与必设栏目重复', 'column-not-empty': '栏目不空', 'exclusive-duties': '三员分立', 'in-batch': '在迁移批次中',
  'not-permitted': '没有推送的职责', 'not-own': '不是本单位的内容', 'outside-subtree': '不是下级站点', 'out-of-reach': '不在可采用的范围', 'locked-placement': '必登内容不能改',
  'portal-only': '只接受门户', 'not-a-steward': '不是省级模板管理员', 'not-the-province': '不是省级管理员', 'site-frozen': '站点已停止编辑', 'refused-in-crowd': '批量操作中被拒绝', 'too-many-requests': '操作过于频繁', 'preview-expired': '预览已失效',
}

export const deedLabel = (deed: string): string => DEEDS[deed] ?? deed
export const reasonLabel = (reason: string): string => REASONS[reason] ?? reason

/** Rows are kept at least that long (GB/T 22239: six months); an operator may only keep them longer. */
export const LEAST_RETENTION_DAYS = 183
