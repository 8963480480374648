/**
 * The administrative divisions of Jiangsu (GB/T 2260) and how their sites are spelt.
 *
 * Spellings follow the local reading of the name, which a converter gets wrong: 六合 is luhe, 盱眙 xuyi, 邗江 hanjiang.
 * One-character counties keep 县 in their spelling, as their road signs do: 丰县 fengxian, 沛县 peixian.
 */
export type Region = 'sunan' | 'suzhong' | 'subei'

export type City = {
  /** First four digits of the GB/T 2260 code. */
  prefix: string
  name: string
  spelling: string
  region: Region
  /** Last two digits of the code, full name, spelling. */
  counties: ReadonlyArray<readonly [suffix: string, name: string, spelling: string]>
}

export const PROVINCE = { code: '320000', name: '江苏省', slug: 'jiangsu' } as const

export const CITIES: readonly City[] = [
  { prefix: '3201', name: '南京市', spelling: 'nanjing', region: 'sunan', counties: [
    ['02', '玄武区', 'xuanwu'], ['04', '秦淮区', 'qinhuai'], ['05', '建邺区', 'jianye'], ['06', '鼓楼区', 'gulou'],
    ['11', '浦口区', 'pukou'], ['13', '栖霞区', 'qixia'], ['14', '雨花台区', 'yuhuatai'], ['15', '江宁区', 'jiangning'],
    ['16', '六合区', 'luhe'], ['17', '溧水区', 'lishui'], ['18', '高淳区', 'gaochun'],
  ] },
  { prefix: '3202', name: '无锡市', spelling: 'wuxi', region: 'sunan', counties: [
    ['05', '锡山区', 'xishan'], ['06', '惠山区', 'huishan'], ['11', '滨湖区', 'binhu'], ['13', '梁溪区', 'liangxi'],
    ['14', '新吴区', 'xinwu'], ['81', '江阴市', 'jiangyin'], ['82', '宜兴市', 'yixing'],
  ] },
  { prefix: '3203', name: '徐州市', spelling: 'xuzhou', region: 'subei', counties: [
    ['02', '鼓楼区', 'gulou'], ['03', '云龙区', 'yunlong'], ['05', '贾汪区', 'jiawang'], ['11', '泉山区', 'quanshan'],
    ['12', '铜山区', 'tongshan'], ['21', '丰县', 'fengxian'], ['22', '沛县', 'peixian'], ['24', '睢宁县', 'suining'],
    ['81', '新沂市', 'xinyi'], ['82', '邳州市', 'pizhou'],
  ] },
  { prefix: '3204', name: '常州市', spelling: 'changzhou', region: 'sunan', counties: [
    ['02', '天宁区', 'tianning'], ['04', '钟楼区', 'zhonglou'], ['11', '新北区', 'xinbei'], ['12', '武进区', 'wujin'],
    ['13', '金坛区', 'jintan'], ['81', '溧阳市', 'liyang'],
  ] },
  { prefix: '3205', name: '苏州市', spelling: 'suzhou', region: 'sunan', counties: [
    ['05', '虎丘区', 'huqiu'], ['06', '吴中区', 'wuzhong'], ['07', '相城区', 'xiangcheng'], ['08', '姑苏区', 'gusu'],
    ['09', '吴江区', 'wujiang'], ['81', '常熟市', 'changshu'], ['82', '张家港市', 'zhangjiagang'], ['83', '昆山市', 'kunshan'],
    ['85', '太仓市', 'taicang'],
  ] },
  { prefix: '3206', name: '南通市', spelling: 'nantong', region: 'suzhong', counties: [
    ['12', '通州区', 'tongzhou'], ['13', '崇川区', 'chongchuan'], ['14', '海门区', 'haimen'], ['23', '如东县', 'rudong'],
    ['81', '启东市', 'qidong'], ['82', '如皋市', 'rugao'], ['85', '海安市', 'haian'],
  ] },
  { prefix: '3207', name: '连云港市', spelling: 'lianyungang', region: 'subei', counties: [
    ['03', '连云区', 'lianyun'], ['06', '海州区', 'haizhou'], ['07', '赣榆区', 'ganyu'], ['22', '东海县', 'donghai'],
    ['23', '灌云县', 'guanyun'], ['24', '灌南县', 'guannan'],
  ] },
  { prefix: '3208', name: '淮安市', spelling: 'huaian', region: 'subei', counties: [
    ['03', '淮安区', 'huaian'], ['04', '淮阴区', 'huaiyin'], ['12', '清江浦区', 'qingjiangpu'], ['13', '洪泽区', 'hongze'],
    ['26', '涟水县', 'lianshui'], ['30', '盱眙县', 'xuyi'], ['31', '金湖县', 'jinhu'],
  ] },
  { prefix: '3209', name: '盐城市', spelling: 'yancheng', region: 'subei', counties: [
    ['02', '亭湖区', 'tinghu'], ['03', '盐都区', 'yandu'], ['04', '大丰区', 'dafeng'], ['21', '响水县', 'xiangshui'],
    ['22', '滨海县', 'binhai'], ['23', '阜宁县', 'funing'], ['24', '射阳县', 'sheyang'], ['25', '建湖县', 'jianhu'],
    ['81', '东台市', 'dongtai'],
  ] },
  { prefix: '3210', name: '扬州市', spelling: 'yangzhou', region: 'suzhong', counties: [
    ['02', '广陵区', 'guangling'], ['03', '邗江区', 'hanjiang'], ['12', '江都区', 'jiangdu'], ['23', '宝应县', 'baoying'],
    ['81', '仪征市', 'yizheng'], ['84', '高邮市', 'gaoyou'],
  ] },
  { prefix: '3211', name: '镇江市', spelling: 'zhenjiang', region: 'sunan', counties: [
    ['02', '京口区', 'jingkou'], ['11', '润州区', 'runzhou'], ['12', '丹徒区', 'dantu'], ['81', '丹阳市', 'danyang'],
    ['82', '扬中市', 'yangzhong'], ['83', '句容市', 'jurong'],
  ] },
  { prefix: '3212', name: '泰州市', spelling: 'taizhou', region: 'suzhong', counties: [
    ['02', '海陵区', 'hailing'], ['03', '高港区', 'gaogang'], ['04', '姜堰区', 'jiangyan'], ['81', '兴化市', 'xinghua'],
    ['82', '靖江市', 'jingjiang'], ['83', '泰兴市', 'taixing'],
  ] },
  { prefix: '3213', name: '宿迁市', spelling: 'suqian', region: 'subei', counties: [
    ['02', '宿城区', 'sucheng'], ['11', '宿豫区', 'suyu'], ['22', '沭阳县', 'shuyang'], ['23', '泗阳县', 'siyang'],
    ['24', '泗洪县', 'sihong'],
  ] },
]
