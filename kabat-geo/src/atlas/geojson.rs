//! Reading of GeoJSON (RFC 7946) and TopoJSON (topojson-specification 1.0) boundaries.

use serde_json::Value;

use super::BoundarySet;

/// Why a boundary file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BoundaryError {
    /// The text is not JSON.
    #[error("boundary file is not JSON at line {line}, column {column}")]
    Json {
        /// Line from 1.
        line: usize,
        /// Column from 1.
        column: usize,
    },
    /// The layer is not in the file.
    #[error("layer `{layer}` is not in the file")]
    Layer {
        /// The layer asked for.
        layer: String,
    },
    /// A feature lacks the property that names its area.
    #[error("feature {feature} has no text or number in property `{property}`")]
    Property {
        /// Number of the feature from 0.
        feature: usize,
        /// The property asked for.
        property: String,
    },
    /// A feature is not a polygon, or its coordinates or arcs are not as the format says.
    #[error("feature {feature} is not a well-formed polygon or multipolygon")]
    Geometry {
        /// Number of the feature from 0.
        feature: usize,
    },
}

impl BoundarySet {
    /// Reads the polygons of a GeoJSON feature collection; `property` names the key of each area.
    ///
    /// A key that is a number is written with five digits, as NIS codes are.
    ///
    /// # Errors
    /// [`BoundaryError`] says which feature cannot be used and why.
    ///
    /// ```
    /// use kabat_geo::BoundarySet;
    /// let text = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nis":"21004"},
    ///   "geometry":{"type":"Polygon","coordinates":[[[4.3,50.8],[4.4,50.8],[4.4,50.9],[4.3,50.8]]]}}]}"#;
    /// let set = BoundarySet::from_geojson(text, "nis")?;
    /// assert_eq!(set.keys().collect::<Vec<_>>(), ["21004"]);
    /// # Ok::<(), kabat_geo::BoundaryError>(())
    /// ```
    pub fn from_geojson(text: &str, property: &str) -> Result<Self, BoundaryError> {
        let file = parse(text)?;
        let mut set = Self::new();
        let features = file.get("features").and_then(Value::as_array);
        for (feature, value) in features.into_iter().flatten().enumerate() {
            let key = key(value, property, feature)?;
            let error = BoundaryError::Geometry { feature };
            let geometry = value.get("geometry").ok_or_else(|| error.clone())?;
            let polygons = polygons(geometry, "coordinates").ok_or_else(|| error.clone())?;
            for polygon in polygons {
                let rings = list(polygon)
                    .and_then(|rings| rings.iter().map(points).collect::<Option<Vec<_>>>())
                    .ok_or_else(|| error.clone())?;
                set.add_polygon(&key, &rings);
            }
        }
        Ok(set)
    }

    /// Reads the polygons of one layer (object) of a TopoJSON file; `property` names the key of each area.
    ///
    /// # Errors
    /// [`BoundaryError`] says which feature cannot be used and why.
    pub fn from_topojson(text: &str, layer: &str, property: &str) -> Result<Self, BoundaryError> {
        let file = parse(text)?;
        let missing = || BoundaryError::Layer {
            layer: layer.to_owned(),
        };
        let geometries = file
            .get("objects")
            .and_then(|objects| objects.get(layer))
            .and_then(|object| object.get("geometries"))
            .and_then(Value::as_array)
            .ok_or_else(missing)?;
        let arcs = arcs(&file);
        let mut set = Self::new();
        for (feature, geometry) in geometries.iter().enumerate() {
            let key = key(geometry, property, feature)?;
            let error = BoundaryError::Geometry { feature };
            for polygon in polygons(geometry, "arcs").ok_or_else(|| error.clone())? {
                let rings = list(polygon)
                    .and_then(|rings| {
                        rings
                            .iter()
                            .map(|ring| stitch(ring, &arcs))
                            .collect::<Option<Vec<_>>>()
                    })
                    .ok_or_else(|| error.clone())?;
                set.add_polygon(&key, &rings);
            }
        }
        Ok(set)
    }
}

fn parse(text: &str) -> Result<Value, BoundaryError> {
    serde_json::from_str(text).map_err(|error| BoundaryError::Json {
        line: error.line(),
        column: error.column(),
    })
}

fn key(feature: &Value, property: &str, number: usize) -> Result<String, BoundaryError> {
    let value = feature.get("properties").and_then(|all| all.get(property));
    match value {
        Some(Value::String(text)) => Some(text.clone()),
        Some(Value::Number(code)) => code.as_u64().map(|code| format!("{code:05}")),
        _ => None,
    }
    .ok_or_else(|| BoundaryError::Property {
        feature: number,
        property: property.to_owned(),
    })
}

fn list(value: &Value) -> Option<&[Value]> {
    value.as_array().map(Vec::as_slice)
}

fn polygons<'a>(geometry: &'a Value, member: &str) -> Option<Vec<&'a Value>> {
    let value = geometry.get(member)?;
    match geometry.get("type")?.as_str()? {
        "Polygon" => Some(vec![value]),
        "MultiPolygon" => Some(list(value)?.iter().collect()),
        _ => None,
    }
}

fn points(ring: &Value) -> Option<Vec<[f64; 2]>> {
    list(ring)?.iter().map(pair).collect()
}

fn pair(value: &Value) -> Option<[f64; 2]> {
    match list(value)? {
        [x, y, ..] => Some([x.as_f64()?, y.as_f64()?]),
        _ => None,
    }
}

fn arcs(file: &Value) -> Vec<Vec<[f64; 2]>> {
    let transform = file.get("transform").and_then(|transform| {
        Some((
            transform.get("scale").and_then(pair)?,
            transform.get("translate").and_then(pair)?,
        ))
    });
    let arcs = file.get("arcs").and_then(list).unwrap_or_default();
    arcs.iter()
        .map(|arc| {
            let mut points = points(arc).unwrap_or_default();
            if let Some(([sx, sy], [tx, ty])) = transform {
                let (mut x, mut y) = (0.0, 0.0);
                for point in &mut points {
                    x += point[0];
                    y += point[1];
                    *point = [x * sx + tx, y * sy + ty];
                }
            }
            points
        })
        .collect()
}

fn stitch(ring: &Value, arcs: &[Vec<[f64; 2]>]) -> Option<Vec<[f64; 2]>> {
    let mut points: Vec<[f64; 2]> = Vec::new();
    for index in list(ring)? {
        let index = index.as_i64()?;
        let forward = index >= 0;
        let at = if forward { index } else { -1 - index };
        let arc = arcs.get(usize::try_from(at).ok()?)?;
        let skip = usize::from(!points.is_empty());
        if forward {
            points.extend(arc.iter().skip(skip));
        } else {
            points.extend(arc.iter().rev().skip(skip));
        }
    }
    Some(points)
}
