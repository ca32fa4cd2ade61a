#![allow(unsafe_code)]
use super::*;
#[test]
#[ignore]
fn micro() {
    #[target_feature(enable = "avx2,fma")]
    fn go() {
        let root = Root::of([Fr::from(12345u64).inverse().unwrap(); 4]);
        let r = Fr::from(777u64).inverse().unwrap();
        let mut v = vec![Four(element::gather([&r; 4])); 64];
        let mut best = [u64::MAX; 6];
        for _ in 0..200 {
            let mut lap = |k: usize, f: &mut dyn FnMut(&mut Vec<Four>)| {
                let t = unsafe { std::arch::x86_64::_rdtsc() };
                for _ in 0..20 { f(&mut v); }
                let t = unsafe { std::arch::x86_64::_rdtsc() } - t;
                best[k] = best[k].min(t / 20);
            };
            lap(0, &mut |v| for x in v.iter_mut() { x.0 = settle(&multiply(&x.0, Single(&root, 0))); });
            lap(1, &mut |v| for x in v.iter_mut() { x.0 = fresh(&x.0); });
            lap(2, &mut |v| across(v, |x| split(x, Single(&root, 0), [Single(&root, 1), Single(&root, 2)])));
            lap(3, &mut |v| across(v, |x| merge(x, Single(&root, 0), [Single(&root, 1), Single(&root, 2)])));
            lap(5, &mut |v| for x in v.chunks_exact_mut(2) { let [a,b]=x else {unreachable!()}; let [c,d] = multiply_both([&a.0,&b.0], [Single(&root, 0);2]); a.0=settle(&c);b.0=settle(&d);});
            let q = root.vectors();
            lap(4, &mut |v| for x in v.iter_mut() { x.0 = settle(&multiply(&x.0, Each(&q))); });
        }
        println!("multiply {} fresh {} split {} merge {} each {} both {} (ns/vector; 4 mults a pass of 4)", best[0] as f64/64.0/2.445, best[1] as f64/64.0/2.445, best[2] as f64/64.0/2.445, best[3] as f64/64.0/2.445, best[4] as f64/64.0/2.445,best[5] as f64/64.0/2.445);
    }
    unsafe { go() }
}
