/** How far a remembered matter has come. */
export type HowFar = 'rated' | 'resolved' | 'handling' | 'assigned' | 'late';

export interface Remembered {
  /** What the household said. */
  text: string;
  /** Days before the demo starts, and the hour of that day. */
  daysAgo: number;
  hour: number;
  howFar: HowFar;
  /** What whoever held it said at the end. */
  result?: string;
  stars?: 3 | 4 | 5;
}

const done = (
  daysAgo: number,
  hour: number,
  text: string,
  result: string,
  stars: 3 | 4 | 5 = 5,
): Remembered => ({ text, daysAgo, hour, howFar: 'rated', result, stars });

const open = (daysAgo: number, hour: number, howFar: HowFar, text: string): Remembered => ({
  text,
  daysAgo,
  hour,
  howFar,
});

/** A fortnight of the town before the visitor came, so that no screen is bare. All invented. */
export const remembered: Remembered[] = [
  done(13, 8, '村西头路灯两盏不亮', '换了两个灯头，都亮了'),
  done(13, 10, '俺家自来水发黄，都不敢做饭', '冲了管网，水清了', 4),
  done(12, 9, '垃圾桶满了好几天没人收', '加了一趟车，清走了'),
  done(12, 15, '路上那个大坑，骑车差点摔了', '填平压实了'),
  done(11, 8, '想问问医保今年啥时候交', '跟他说了时间和办法', 5),
  done(11, 18, '邻居家音响半夜还在放', '上门说了，往后十点前关', 4),
  done(10, 7, '排水沟堵了，一下雨就往院里倒灌', '掏了三十米沟，通了'),
  done(10, 11, '变压器老跳闸，一晚上停三回电', '换了开关，两天没再跳'),
  done(9, 9, '井盖松了，车一过就响', '换了新井盖，垫了胶圈'),
  done(9, 16, '俺跟东邻因为滴水檐吵起来了', '两家都签了字，各退一尺', 4),
  done(8, 8, '有人往坑塘里倒垃圾', '查到人了，自己清走的', 5),
  done(8, 14, '孩子转学手续咋办', '帮着问了中心校，材料齐了'),
  done(7, 10, '大树枝压着电线了', '供电所来人修了枝'),
  done(7, 17, '网断了两天了', '光缆接上了', 3),
  done(6, 9, '公厕没水，脏得没法进', '水泵修好，冲洗过了', 4),
  done(6, 12, '路口新来的摊子占着半条路', '挪到市场里去了'),
  done(5, 8, '家里停水了，一滴都没有', '阀门坏了，换了'),
  done(5, 19, '烧秸秆的烟呛得睡不着', '火灭了，人也说了', 5),
  done(4, 10, '机井抽不上水，麦地等着浇', '换了泵，能浇了'),
  done(4, 15, '小广告贴得满墙都是', '铲干净了', 4),
  done(3, 9, '老房子后墙裂了大缝，怕塌', '看过了，先支上，列进危房改造', 4),
  done(3, 16, '村口狗追着孩子跑', '狗拴上了，打了疫苗'),
  done(2, 8, '胡同口堆的沙子挡路', '拉走了'),
  {
    text: '广场上的健身器材断了一根',
    daysAgo: 2,
    hour: 10,
    howFar: 'resolved',
    result: '焊好了，刷了漆',
  },
  { text: '俺家门口路面塌了一小块', daysAgo: 2, hour: 13, howFar: 'resolved', result: '补上了' },
  open(3, 8, 'late', '污水井往外冒，一条街都是味'),
  open(1, 9, 'handling', '村南头那排路灯全不亮'),
  open(1, 11, 'handling', '自来水水压小，二楼上不去'),
  open(1, 14, 'handling', '宅基地两家的界线说不清了'),
  open(1, 16, 'handling', '厂子晚上偷排，味道冲鼻子'),
  open(1, 17, 'assigned', '垃圾车三天没来了'),
  open(1, 19, 'assigned', '路口红绿灯不亮了'),
  open(1, 20, 'assigned', '电线杆歪了，看着害怕'),
];
