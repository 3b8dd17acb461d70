//! Trains the names model until `pullquote train` is there: train_names OUT GAZETTEERS CLUSTERS SENTENCES... [key=value]
#[cfg(not(feature = "train"))]
fn main() {}
#[cfg(feature = "train")]
fn main() -> anyhow::Result<()> {
    use pullquote::annotate::names::train::{TrainOptions, train};
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let mut options = TrainOptions::default();
    args.retain(|arg| {
        let Some((key, value)) = arg.split_once('=') else { return true };
        match key {
            "epochs" => options.epochs = value.parse().unwrap(),
            "dropout" => options.dropout = value.parse().unwrap(),
            "features" => options.features = value.parse().unwrap(),
            "confidence" => options.confidence = value.parse().unwrap(),
            "seed" => options.seed = value.parse().unwrap(),
            _ => panic!("{key}?"),
        }
        false
    });
    options.gazetteers = Some(args[1].clone().into());
    options.clusters = Some(args[2].clone().into());
    options.sentences = args[3..].iter().map(Into::into).collect();
    let model = train(&options)?;
    std::fs::write(&args[0], model.to_bytes())?;
    Ok(())
}
