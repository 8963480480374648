import { JIANGSU_SITES } from '../governance/site-tree.ts'

/** Pinyin of the commonest surnames (公安部 name statistics), the way passwords begin. */
export const SURNAMES = `wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie song tang han feng deng cao peng zeng
xiao tian dong pan yuan cai jiang yu du ye cheng wei su lv ding ren shen yao lu cui zhong tan fan liao shi jin jia xia fu fang zou xiong bai meng qin qiu
hou long wan duan lei qian shao`.split(/\s+/)

/** Syllables that given names are made of. */
const GIVEN = `wei fang na xiuying min jing li qiang lei jun yang yong yan jie juan tao ming chao xiulan xia ping gang guiying hui hong ying hua jianhua jianguo
jianjun xin bo bin yu ning ting xue mei lan feng peng fei kai kun long hao yi tong zihan zixuan haoran yuxuan xiaoming guoqing dongmei xiaoli lili tingting
dandan jingjing yuanyuan`.split(/\s+/)

/** What people in China type when they are asked for a password; the number songs mean “我爱你一生一世” and the like. */
const COMMON = `woaini woaini1314 woaini520 wo ai ni 520 521 1314 5201314 5211314 1314520 1314521 520520 7758521 7758258 147258 147258369 123321 112233
aini aini1314 laopo laogong baobei baobao qinaide tiantian kuaile xingfu zhongguo china beijing nihao nihaoma caonima woshishui wodemima mima mima123
denglu guanli guanliyuan yonghu admin root test guest demo office password passwd qq weixin taobao zhifubao alibaba asdfghjkl qwertyuiop qazwsx qazwsxedc
qweasd qweasdzxc zxcvbnm 1qaz2wsx 1qaz@wsx 3edc4rfv q1w2e3r4 a1s2d3f4 zaq12wsx abcd1234 abc123 aa123456 a123456 asd123 qwe123 zxc123 p@ssw0rd admin123 888888
666666 168168 518518 18181818 88888888 00000000 11111111 fuwuqi xitong caiwu renshi gongwuyuan jiayou gongzuo fuwu weirenmin renmin dangyuan`.split(/\s+/)

/** Offices and duties of this house, with the abbreviations that are used for them. */
const HOUSE = `bianban jsbb bianzhi jigou jigoubianzhi jgbz jgbzw jsjgbz sbb qubianban xianbianban shibianban bianweiban bwb weibianban zhengfu zhengwu
wangzhan wangzhanqun houtai neirong fabu shenhe chushen fushen zhongshen bianji jiangsu sheng`.split(/\s+/)

/** The places of the province, as the addresses of its sites spell them. */
const PLACES = [...new Set(JIANGSU_SITES.flatMap(({ slug }) => slug.split('-')))]

/** Names of offices and places that a password may not contain at all; shorter ones turn up by chance. */
export const OFFICE_WORDS: readonly string[] = [...HOUSE, ...PLACES].filter((word) => word.length >= 4)

/** All of them, the likeliest first: the place in the list is the number of guesses that a word costs. */
export const CHINESE_WORDS: readonly string[] = [...new Set([
  ...COMMON, ...HOUSE, ...PLACES, ...SURNAMES, ...GIVEN,
  ...SURNAMES.slice(0, 40).flatMap((surname) => GIVEN.map((given) => surname + given)),
].filter((word) => word.length > 1))]
