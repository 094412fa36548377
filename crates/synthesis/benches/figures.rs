//! From files to figures on a small synthetic council, stage by stage: `cargo bench -p synthesis`.
//!
//! To compare one state of the code with another; the sizes that are promised are measured by `bench/figures.py`.

#[path = "../examples/measure/work.rs"]
mod work;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use extracts::Collection;
use vocabulary::day::Day;
use vocabulary::records::Records;

use work::Extract;

/// The allocator that the program has.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn from_files_to_figures(criterion: &mut Criterion) {
    let extracts = work::made(1_000, 12, 1, 0.002).expect("a synthetic council is made");
    let mut group = criterion.benchmark_group("figures");
    group.sample_size(10).warm_up_time(Duration::from_secs(1)).measurement_time(Duration::from_secs(3));
    for collection in Collection::ALL {
        let newest = extracts.iter().rfind(|extract| extract.collection == collection);
        let newest = newest.expect("the council makes every return");
        group.throughput(Throughput::Bytes(newest.bytes() as u64));
        group.bench_function(format!("read and check, {}", collection.name()), |bench| {
            bench.iter(|| black_box(read(newest)));
        });
    }
    let library = work::library();
    let snapshots: Vec<_> = extracts.iter().map(read).collect();
    let records: usize = snapshots.iter().map(|(.., records)| records.len()).sum();
    group.throughput(Throughput::Elements(records as u64));
    group.bench_function("picture of twelve months", |bench| {
        bench.iter(|| black_box(work::picture(&library, &snapshots)));
    });
    let whole = work::figures(&library, &snapshots);
    group.throughput(Throughput::Elements(whole.outcomes.outcomes.len() as u64));
    group.bench_function("all standards", |bench| {
        bench.iter(|| black_box(work::judged(&library, &whole.history)));
    });
    group.throughput(Throughput::Elements(whole.values.len() as u64));
    group.bench_function("all indicators", |bench| {
        bench.iter(|| black_box(work::folded(&library, &whole.outcomes, work::newest(&snapshots))));
    });
    group.bench_function("the library", |bench| bench.iter(|| black_box(work::library())));
    group.finish();
}

fn read(extract: &Extract) -> (Day, Collection, Records) {
    let reading = extract.read().expect("what was made is read");
    (extract.as_at, extract.collection, reading.records)
}

criterion_group!(figures, from_files_to_figures);
criterion_main!(figures);
