import { View } from '@tarojs/components';
export default function Gallery() {
  return <View>胡同长</View>;
}
