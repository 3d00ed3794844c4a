//! The words in which facts are given; an unknown word stays what it is.

use alloc::string::String;

macro_rules! open_codes {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $code:literal $(| $alias:literal)*,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(from = "String", into = "String"))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schemars", schemars(with = "String"))]
        #[cfg_attr(feature = "arbitrary", derive(arbitrary::Arbitrary))]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$vmeta])* $variant,)*
            /// A word this version does not know; nothing is concluded from it but that it is none of the others.
            Other(String),
        }

        impl $name {
            /// Returns the word as written in data.
            pub fn code(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Other(code) => code,
                }
            }
        }

        impl From<&str> for $name {
            fn from(code: &str) -> Self {
                match code {
                    $($code $(| $alias)* => Self::$variant,)*
                    _ => Self::Other(code.into()),
                }
            }
        }

        impl From<String> for $name {
            fn from(code: String) -> Self {
                Self::from(code.as_str())
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.code().into()
            }
        }
    )*};
}

open_codes! {
    /// Who decides on the cameras or the data.
    Controller {
        /// A company or association.
        PrivateCompany = "private_company",
        /// A person.
        NaturalPerson = "natural_person",
        /// A municipality.
        Municipality = "municipality",
        /// Another public authority.
        PublicAuthority = "public_authority",
        /// A local police zone.
        PoliceLocal = "police_local" | "local_police" | "local_police_zone" | "police_zone",
        /// The federal police.
        PoliceFederal = "police_federal" | "federal_police",
        /// A private employer.
        EmployerPrivate = "employer_private" | "private_employer",
        /// A public employer, to whom the collective agreement does not apply.
        EmployerPublic = "employer_public" | "public_employer",
        /// A rescue zone or another service of civil security.
        RescueZone = "rescue_zone" | "fire_service" | "civil_security" | "civil_protection",
    }
    /// The three kinds of places of the Camera Act, article 2.
    Place {
        /// No enclosure and freely accessible, public roads included.
        Open = "open",
        /// Enclosed, for use by the public.
        ClosedPublic = "closed_public",
        /// Enclosed, only for usual users.
        ClosedPrivate = "closed_private",
    }
    /// The kind of camera.
    Camera {
        /// Fixed in one place.
        Fixed = "fixed",
        /// Fixed in one place for a time.
        TemporaryFixed = "temporary_fixed" | "fixed_temporary",
        /// Moved while observing.
        Mobile = "mobile",
        /// Worn by a member of the police.
        BodyWorn = "body_worn" | "bodycam" | "body_camera" | "body_cam",
    }
    /// What a camera can do beside recording.
    CameraFeature {
        /// Reads number plates.
        Anpr = "anpr",
        /// Flies.
        Drone = "drone",
        /// Is worn.
        Bodycam = "bodycam" | "body_worn",
        /// Stands behind a windscreen.
        Dashcam = "dashcam",
        /// Is linked to a file of personal data other than number plates.
        PersonalDataFile = "personal_data_file" | "linked_to_personal_data" | "personal_data_files",
        /// Recognises faces.
        FaceRecognition = "face_recognition" | "facial_recognition",
    }
    /// A place of special security risk named by the decree.
    SpecialRiskPlace {
        /// Airport.
        Airport = "airport",
        /// Railway station.
        RailwayStation = "railway_station",
        /// Nuclear site.
        NuclearSite = "nuclear_site",
        /// Military domain.
        MilitaryDomain = "military_domain",
        /// Prison.
        Prison = "prison",
    }
    /// To whom a camera was declared.
    DeclaredTo {
        /// The electronic counter of the police services.
        PoliceEservice = "police_eservice",
        /// The data protection authority.
        DataProtectionAuthority = "data_protection_authority",
        /// Its predecessor.
        PrivacyCommission = "privacy_commission",
    }
    /// Who asks for the register or for images.
    Requester {
        /// The police.
        Police = "police",
        /// The data protection authority.
        DataProtectionAuthority = "data_protection_authority",
        /// Anyone.
        MemberOfPublic = "member_of_public",
        /// Public prosecutor or investigating judge.
        Justice = "justice" | "public_prosecutor" | "prosecutor" | "judicial_authorities" | "investigating_judge",
    }
    /// What hangs at the entrance.
    Sign {
        /// Nothing.
        None = "none",
        /// The pictogram of the royal decree.
        StatutoryPictogram = "statutory_pictogram",
        /// The pictogram for police cameras.
        PolicePictogram = "police_pictogram",
    }
    /// Why images are watched as they come in.
    LivePurpose {
        /// To act at once.
        ImmediateIntervention = "immediate_intervention",
    }
    /// Why a mobile camera is used in an open place.
    MobilePurpose {
        /// Municipal paid parking.
        MunicipalPaidParking = "municipal_paid_parking",
        /// Nuisance and municipal fines, article 135 of the New Municipal Act.
        NuisanceArt135 = "nuisance_art_135",
    }
    /// Within which mission police asks for or looks at images.
    PoliceMission {
        /// Administrative police.
        AdminPolice = "admin_police" | "administrative_police",
        /// Judicial police.
        JudicialPolice = "judicial_police",
    }
    /// The purposes of collective agreement no. 68.
    WorkPurpose {
        /// Safety and health.
        SafetyHealth = "safety_health",
        /// Protection of the company's goods.
        ProtectionOfCompanyGoods = "protection_of_company_goods",
        /// Control of the production process.
        ControlOfProductionProcess = "control_of_production_process",
        /// Control of employees' work.
        ControlOfEmployeeWork = "control_of_employee_work",
    }
    /// How likely a breach puts persons at risk.
    Risk {
        /// Likely.
        Likely = "likely",
        /// Unlikely.
        Unlikely = "unlikely",
    }
    /// What an organisation is under the cyber law.
    Entity {
        /// Essential entity.
        Essential = "essential",
        /// Important entity.
        Important = "important",
        /// Outside the law.
        OutOfScope = "out_of_scope" | "not_in_scope" | "none" | "neither" | "not_covered",
    }
    /// Who buys.
    Buyer {
        /// A local police zone.
        LocalPoliceZone = "local_police_zone" | "police_zone" | "police_local",
        /// A municipality.
        Municipality = "municipality",
        /// A federal public service.
        FederalPublicService = "federal_public_service" | "federal_police" | "federal_authority",
        /// A rescue zone.
        RescueZone = "rescue_zone",
        /// A province.
        Province = "province",
    }
    /// What is bought.
    Contract {
        /// Supplies.
        Supplies = "supplies",
        /// Services.
        Services = "services",
        /// Works.
        Works = "works",
    }
    /// What is asked to be done with a recording.
    RequestedAction {
        /// Erase it.
        Erase = "erase" | "delete" | "erasure" | "deletion" | "overwrite",
    }
    /// A `CyberFundamentals` level.
    CyberLevel {
        /// Basic.
        Basic = "basic",
        /// Important.
        Important = "important",
        /// Essential.
        Essential = "essential",
    }
}

impl Controller {
    /// Returns whether the controller is a police service.
    pub const fn is_police(&self) -> bool {
        matches!(self, Self::PoliceLocal | Self::PoliceFederal)
    }

    /// Returns whether the controller is a public authority, where that is known.
    pub const fn is_public_authority(&self) -> Option<bool> {
        match self {
            Self::Municipality
            | Self::PublicAuthority
            | Self::PoliceLocal
            | Self::PoliceFederal
            | Self::RescueZone
            | Self::EmployerPublic => Some(true),
            Self::PrivateCompany | Self::NaturalPerson | Self::EmployerPrivate => Some(false),
            Self::Other(_) => None,
        }
    }
}
