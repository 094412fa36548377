//! Declared rows as a Parquet file: one row group after another, compressed with Snappy, with the meaning and class of
//! every column and where the file comes from in its key-value metadata.

use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::{ByteArray, DataType};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::{Type, TypePtr};
use vocabulary::day::Day;

use crate::declared::{Cell, Column, ColumnKind, Row, Table};

/// Why a file cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum StarError {
    /// The writer of Parquet refused.
    #[error("the table {table} cannot be written as Parquet")]
    Written {
        /// The table.
        table: &'static str,
        /// What it said.
        source: ParquetError,
    },
}

/// Rows of one row group: enough to compress well, few enough to hold twice.
const ROWS_TOGETHER: usize = 100_000;

/// Writes rows as a Parquet file; `about` is what is to be said of the file: council, days, class, who made it.
pub fn write<R: Row>(
    rows: impl IntoIterator<Item = R>,
    about: &[(String, String)],
) -> Result<Vec<u8>, StarError> {
    let table = R::TABLE;
    written(&table, &mut rows.into_iter(), about)
        .map_err(|source| StarError::Written { table: table.name, source })
}

fn written<R: Row>(
    table: &Table,
    rows: &mut impl Iterator<Item = R>,
    about: &[(String, String)],
) -> Result<Vec<u8>, ParquetError> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_key_value_metadata(Some(metadata(table, about)))
        .build();
    let mut file = SerializedFileWriter::new(Vec::new(), schema(table)?, Arc::new(properties))?;
    loop {
        let together: Vec<Vec<Cell>> = rows.by_ref().take(ROWS_TOGETHER).map(Row::cells).collect();
        if together.is_empty() {
            return file.into_inner();
        }
        let mut group = file.next_row_group()?;
        for (place, column) in table.columns.iter().enumerate() {
            let Some(mut writer) = group.next_column()? else { break };
            put(&mut writer, column, together.iter().map(|row| &row[place]))?;
            writer.close()?;
        }
        group.close()?;
    }
}

/// What is said of the table and its columns, under names that begin with `headway:`.
fn metadata(table: &Table, about: &[(String, String)]) -> Vec<KeyValue> {
    let said = |name: String, value: String| KeyValue::new(format!("headway:{name}"), value);
    let of_table = [
        said("table".into(), table.name.into()),
        said("meaning".into(), table.meaning.into()),
        said("class".into(), table.class().name().into()),
    ];
    let of_file = about.iter().map(|(name, value)| said(name.clone(), value.clone()));
    let of_columns = table.columns.iter().map(|column| {
        said(format!("column:{}", column.name), format!("{}: {}", column.class.name(), column.meaning))
    });
    of_table.into_iter().chain(of_file).chain(of_columns).collect()
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let fields = table.columns.iter().map(field).collect::<Result<Vec<_>, _>>()?;
    Ok(Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?))
}

fn field(column: &Column) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.kind {
        ColumnKind::Whole => (Physical::INT64, None),
        ColumnKind::Number => (Physical::DOUBLE, None),
        ColumnKind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        ColumnKind::Day => (Physical::INT32, Some(LogicalType::Date)),
        ColumnKind::Flag => (Physical::BOOLEAN, None),
    };
    let repetition = if column.optional { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let built = Type::primitive_type_builder(column.name, physical)
        .with_repetition(repetition)
        .with_logical_type(logical)
        .build()?;
    Ok(Arc::new(built))
}

fn put<'a>(
    writer: &mut SerializedColumnWriter<'_>,
    column: &Column,
    cells: impl Iterator<Item = &'a Cell> + Clone,
) -> Result<(), ParquetError> {
    let there: Vec<i16> = match column.optional {
        true => cells.clone().map(|cell| i16::from(*cell != Cell::Empty)).collect(),
        false => Vec::new(),
    };
    let there = column.optional.then_some(there.as_slice());
    match writer.untyped() {
        ColumnWriter::Int64ColumnWriter(to) => batch(to, &values(cells, whole), there),
        ColumnWriter::DoubleColumnWriter(to) => batch(to, &values(cells, number), there),
        ColumnWriter::ByteArrayColumnWriter(to) => batch(to, &values(cells, text), there),
        ColumnWriter::Int32ColumnWriter(to) => batch(to, &values(cells, day), there),
        ColumnWriter::BoolColumnWriter(to) => batch(to, &values(cells, flag), there),
        _ => Err(ParquetError::General(format!("the column {} has no such type", column.name))),
    }
}

fn batch<T: DataType>(
    to: &mut parquet::column::writer::ColumnWriterImpl<'_, T>,
    values: &[T::T],
    there: Option<&[i16]>,
) -> Result<(), ParquetError> {
    to.write_batch(values, there, None).map(drop)
}

fn values<'a, T>(cells: impl Iterator<Item = &'a Cell>, value: impl Fn(&Cell) -> Option<T>) -> Vec<T> {
    cells.filter_map(value).collect()
}

fn whole(cell: &Cell) -> Option<i64> {
    if let Cell::Whole(number) = cell { Some(*number) } else { None }
}

fn number(cell: &Cell) -> Option<f64> {
    if let Cell::Number(number) = cell { Some(*number) } else { None }
}

fn text(cell: &Cell) -> Option<ByteArray> {
    if let Cell::Text(text) = cell { Some(text.as_str().into()) } else { None }
}

fn day(cell: &Cell) -> Option<i32> {
    if let Cell::Day(Day(days)) = cell { Some(*days) } else { None }
}

fn flag(cell: &Cell) -> Option<bool> {
    if let Cell::Flag(flag) = cell { Some(*flag) } else { None }
}
