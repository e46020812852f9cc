#[test]
fn timing() {
    use super::*;
    let t = std::fs::read_to_string("/work/main/spec/openapi.yaml").unwrap();
    let o = std::fs::read_to_string("/work/main/spec/overlay.yaml").unwrap();
    for _ in 0..6 {
        let a = std::time::Instant::now();
        let root = parse::parse(&t, Input::Spec).node.unwrap();
        let p = a.elapsed();
        let a = std::time::Instant::now();
        let over = parse::parse(&o, Input::Overlay).node.unwrap();
        let po = a.elapsed();
        let a = std::time::Instant::now();
        let (root2, _) = overlay::apply(&root, &over).unwrap();
        let ov = a.elapsed();
        let a = std::time::Instant::now();
        assert!(check::check(&root2).is_empty());
        let c = a.elapsed();
        let a = std::time::Instant::now();
        let y = convert::to_yaml(&root2);
        let ty = a.elapsed();
        let a = std::time::Instant::now();
        let _x: openapiv3::OpenAPI = serde_yaml::from_value(y).unwrap();
        let oa = a.elapsed();
        println!("parse {p:?} overlay parse {po:?} apply {ov:?} check {c:?} to_yaml {ty:?} openapi {oa:?}");
    }
}
