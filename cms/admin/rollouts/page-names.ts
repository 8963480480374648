import type { PageKind } from '@cluster/shared/delivery/page-models'

/** Kinds of pages in a steward's words. */
export const PAGE_NAMES: Record<PageKind, string> = {
  home: '首页', column: '栏目', article: '稿件', policy: '政策文件', letter: '留言答复', search: '搜索', directory: '全部站点', 'site-map': '网站地图',
  'letter-form': '我要留言', 'letter-status': '查办理进度', gone: '已撤下', 'not-found': '找不到', error: '出错',
}
