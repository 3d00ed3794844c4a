//! Incidents and the shared picture as GeoJSON (RFC 7946).

use alloc::string::ToString;
use alloc::vec::Vec;

use geojson::feature::Id;
use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, JsonObject, JsonValue};

use crate::{Incident, Position, Snapshot};

/// Returns an incident as a GeoJSON feature: a point, or no geometry when the place is not known.
///
/// Properties: `kind` (always `incident`), `status`, `incident_type`, `priority`, `opened_at`. Notes and calls are left
/// out on purpose: they hold personal data.
///
/// ```
/// use kabat_core::{Author, Incident, IncidentId, ReportSource, incident_feature};
/// let at = "2026-03-01T10:00:00Z".parse()?;
/// let incident = Incident::open(IncidentId::nil(), at, Author::system("example"), ReportSource::Call112);
/// let feature = incident_feature(&incident);
/// assert_eq!(feature.property("status").and_then(|status| status.as_str()), Some("received"));
/// # Ok::<(), kabat_core::chrono::ParseError>(())
/// ```
pub fn incident_feature(incident: &Incident) -> Feature {
    let state = incident.state();
    let mut properties = JsonObject::new();
    let mut set = |name: &str, value: Option<JsonValue>| {
        if let Some(value) = value {
            properties.insert(name.to_string(), value);
        }
    };
    set("kind", Some("incident".into()));
    set("status", Some(state.status().code().into()));
    set(
        "incident_type",
        state.incident_type().map(|code| code.as_str().into()),
    );
    set("priority", state.priority().map(|p| p.rank().into()));
    set(
        "opened_at",
        incident.opened_at().map(|at| at.to_rfc3339().into()),
    );
    let position = state.location().map(|choice| choice.fix.position);
    feature(incident.id().to_string(), position, properties)
}

/// Returns the shared picture as GeoJSON: open incidents first, then resources, each in the order of ids.
///
/// Properties of a resource: `kind` (`resource`), `call_sign`, `status`, `incident`; of an incident: `kind`
/// (`incident`), `status`, `incident_type`, `priority`.
///
/// ```
/// use kabat_core::{Change, Delta, Position, ResourceId, Snapshot, Stamp, feature_position, snapshot_features};
/// let place = Position::from_degrees(50.8467, 4.3525)?;
/// let mut snapshot = Snapshot::new();
/// snapshot.apply(&Delta {
///     stamp: Stamp::new("2026-03-01T10:00:00Z".parse()?, 1, 0),
///     change: Change::ResourceMoved { resource: ResourceId::nil(), position: Some(place) },
/// });
/// let collection = snapshot_features(&snapshot);
/// assert_eq!(feature_position(&collection.features[0]), Some(place));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn snapshot_features(snapshot: &Snapshot) -> FeatureCollection {
    let mut features = Vec::new();
    for (id, known) in snapshot.open_incidents() {
        let mut properties = JsonObject::new();
        properties.insert("kind".into(), "incident".into());
        if let Some(status) = &known.status {
            properties.insert("status".into(), status.value.code().into());
        }
        if let Some(description) = &known.description {
            if let Some(code) = &description.value.incident_type {
                properties.insert("incident_type".into(), code.as_str().into());
            }
            if let Some(priority) = description.value.priority {
                properties.insert("priority".into(), priority.rank().into());
            }
        }
        let position = known.position.as_ref().and_then(|place| place.value);
        features.push(feature(id.to_string(), position, properties));
    }
    for (id, known) in snapshot.resources() {
        let mut properties = JsonObject::new();
        properties.insert("kind".into(), "resource".into());
        if let Some(description) = &known.description {
            let call_sign = description.value.call_sign.as_str();
            properties.insert("call_sign".into(), call_sign.into());
        }
        if let Some(work) = &known.work {
            properties.insert("status".into(), work.value.status.code().into());
            if let Some(incident) = work.value.incident {
                properties.insert("incident".into(), incident.to_string().into());
            }
        }
        let position = known.position.as_ref().and_then(|place| place.value);
        features.push(feature(id.to_string(), position, properties));
    }
    FeatureCollection {
        bbox: None,
        features,
        foreign_members: None,
    }
}

/// Returns the place of a point feature; `None` for other geometries and for places that are none.
///
/// ```
/// use kabat_core::{feature_position, geojson::Feature};
/// let feature: Feature = r#"{"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [4.35, 50.85]}}"#.parse()?;
/// assert_eq!(feature_position(&feature).map(|place| place.latitude().degrees()), Some(50.85));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn feature_position(feature: &Feature) -> Option<Position> {
    match &feature.geometry.as_ref()?.value {
        // GeoJSON has longitude first (RFC 7946 section 3.1.1).
        GeometryValue::Point { coordinates } => match coordinates.as_slice() {
            [lon, lat, ..] => Position::from_degrees(*lat, *lon).ok(),
            _ => None,
        },
        _ => None,
    }
}

fn feature(
    id: alloc::string::String,
    position: Option<Position>,
    properties: JsonObject,
) -> Feature {
    Feature {
        bbox: None,
        geometry: position.map(|place| {
            let (lat, lon) = (place.latitude().degrees(), place.longitude().degrees());
            Geometry::new(GeometryValue::new_point([lon, lat]))
        }),
        id: Some(Id::String(id)),
        properties: Some(properties),
        foreign_members: None,
    }
}
