using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Measure-Object: the count, and with -Property and a switch the -Sum, -Minimum, -Maximum, -Average of numbers.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
internal sealed class MeasureObjectCommand : PSCmdlet
{
    private int _count;
    private double _sum;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string? Property { get; set; }

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    private bool Numeric => Sum || Minimum || Maximum || Average;

    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        object? value = InputObject;
        if (Property is not null)
        {
            value = InputObject.Properties[Property]?.Value;
            if (value is null)
                return;
        }

        _count++;
        if (!Numeric)
            return;
        double number = LanguagePrimitives.ConvertTo<double>(value);
        _sum += number;
        _minimum = double.Min(_minimum, number);
        _maximum = double.Max(_maximum, number);
    }

    protected override void EndProcessing()
    {
        var result = new PSObject();
        result.Properties.Add(new PSNoteProperty("Count", _count));
        Add(result, "Average", Average, _sum / _count);
        Add(result, "Sum", Sum, _sum);
        Add(result, "Maximum", Maximum, _maximum);
        Add(result, "Minimum", Minimum, _minimum);
        result.Properties.Add(new PSNoteProperty("Property", Property));
        WriteObject(result);
    }

    private void Add(PSObject result, string name, bool wanted, double value)
    {
        result.Properties.Add(new PSNoteProperty(name, wanted && _count > 0 ? value : null));
    }
}
