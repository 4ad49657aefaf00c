namespace MailDns.Bimi;

/// <summary>Whether an XML file has a DOCTYPE.</summary>
internal enum SvgDoctype
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>It names an external subset at most.</summary>
    Plain,

    /// <summary>It declares entities or attributes itself, or has no end.</summary>
    WithSubset,
}
