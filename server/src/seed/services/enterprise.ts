import { bundle, hints } from './builders';
import type { ServiceBundle } from './types';

/** What shops, farms' firms and companies come for. */
export const enterpriseBundles: ServiceBundle[] = [
  bundle('start-restaurant', '开办餐饮店', 'enterprise', '市场监管', ['消防救援', '城市管理'], {
    days: 4,
    materials: [
      ['form', '申请书', 'required', hints.form],
      ['pledge', '承诺书', 'required', hints.pledge],
      ['premises', '场所合法使用证明', 'required', '房产证，或者租房合同'],
      ['layout', '主要设备设施布局和操作流程', 'required', '照着店里画一张，窗口有样子'],
      ['rules', '食品安全规章制度清单', 'required', '窗口有样子，照着改'],
      ['fire-plan', '消防平面图/设施图/制度/预案', 'required', '消防窗口有样子，照着店里画'],
      ['fire-form', '消防安全检查申报表', 'optional', '地方大的才要，窗口会看'],
    ],
    linked: [['营业执照核验'], ['食品经营许可证', 10], ['消防安全检查', 10], ['户外招牌设置管理']],
  }),
  bundle('store', '开办超市便利店', 'enterprise', '市场监管', []),
  bundle('individual-to-company', '个体工商户转型为企业', 'enterprise', '市场监管', []),
  bundle('enterprise-change', '企业信息变更', 'enterprise', '市场监管', []),
  bundle('enterprise-move', '企业迁移', 'enterprise', '市场监管', []),
  bundle('enterprise-cancel', '企业注销登记', 'enterprise', '市场监管', [
    '税务',
    '人力资源社会保障',
    '公安',
  ]),
  bundle('enterprise-report', '企业数据填报', 'enterprise', '市场监管/统计', []),
  bundle('credit-repair', '信用修复', 'enterprise', '发展改革', ['市场监管']),
  bundle('listing-compliance', '企业上市合法合规信息核查', 'enterprise', '金融监管/发展改革', []),
  bundle('bankruptcy-check', '企业破产信息核查', 'enterprise', '法院/政务服务', []),
  bundle('hire', '员工录用', 'enterprise', '人力资源社会保障', []),
  bundle('utilities', '水电气网联合报装', 'enterprise', '住房城乡建设', [
    '供水',
    '供电',
    '燃气',
    '通信',
  ]),
  bundle('project-start', '建设项目开工', 'enterprise', '住房城乡建设', []),
  bundle('start-transport', '开办运输企业', 'enterprise', '交通运输', ['市场监管']),
  bundle('oversize-transport', '大件运输', 'enterprise', '交通运输', []),
];
